#include "CTuneArrow.h"
