#include "CTuneTorch.h"
