"""City councils, schools, health and museums."""

from grammar import Frame
from lexicon import (
    CLOCK, DAYS, DOZENS, FRACTIONS, HUNDREDS, LONG_TIMES, MONTHS, PEOPLE, PERCENTAGES, THOUSANDS,
    TOWNS, UP_OR_DOWN, YEARS)

COUNCILS = [
    f"the {town} council|{town}'s council|the council of {town}|councillors in {town}"
    for town in TOWNS
]
SCHOOLS = [
    f"{name} School|the {name} School"
    for name in ("Linden Road", "Hillside", "Canal Street", "Saint Mark", "Park Lane", "Orchard",
                 "Westgate", "Bellfield", "Chestnut", "Victoria", "Harbour", "Meadow")
]
HOSPITALS = [
    f"{name} Hospital|the {name} hospital"
    for name in ("Saint Anne", "Riverside", "Kingsbury", "Hope", "Lakeside", "Harwick", "Queen",
                 "Fairview")
]
MUSEUMS = [
    "the Maritime Museum|the museum of seafaring", "the Museum of Glass|the glass museum",
    "the Carver Gallery|the gallery named after Carver", "the Railway Museum|the museum of railways",
    "the Textile Museum|the museum of textiles", "the Town Gallery", "the Museum of Clocks",
    "the Folk Museum",
]
SUBJECTS = [
    "chemistry", "history", "mathematics|maths", "geography", "French", "physics", "biology",
    "music",
]

COUNCIL = [
    Frame("council/vote", {
        "council": COUNCILS,
        "verdict": [
            {"v": "approved|backed|passed", "pp": "approved|backed", "for": "in favour of|for",
             "won": "won the support of|was given the green light by",
             "noun": "approval|backing"},
            {"v": "rejected|turned down|voted down", "pp": "rejected|turned down",
             "for": "against", "won": "failed to win the support of|was blocked by",
             "noun": "rejection"},
        ],
        "plan": [
            "a bus lane on Mill Road|a Mill Road bus lane",
            "a skate park beside the canal|a canalside skate park",
            "a ban on wood stoves|a wood stove ban",
            "a covered market at the old tannery|a covered market in the former tannery",
            "a night shelter near the station|a night shelter by the railway station",
            "a fire station on Hill Street|a Hill Street fire station",
            "a cycle path along the river|a riverside cycle path",
            "a playground in Linden Park|a Linden Park playground",
            "a tax on hotel stays|a hotel tax", "a limit on holiday lets|a cap on holiday lets",
            "an indoor swimming pool|a covered swimming pool",
            "a new car park at the harbour|a new harbour car park",
        ],
        "votes": [
            {"to": f"{a} to {b}|{x} to {y}|{a}-{b}", "adj": f"{a}-{b}|{x}-to-{y}"}
            for a, b, x, y in ((7, 2, "seven", "two"), (6, 3, "six", "three"),
                               (5, 4, "five", "four"), (8, 1, "eight", "one"),
                               (9, 6, "nine", "six"), (11, 4, "eleven", "four"))
        ],
        "day": DAYS,
    }, [
        "{council} {verdict.v} {plan} [by a vote of|by] {votes.to} on {day}",
        "on {day}, {plan} was {verdict.pp} by {council} in a {votes.adj} vote",
        "by {votes.to}, {council} voted {verdict.for} {plan} on {day}",
        "{plan} {verdict.won} {council} on {day}, by {votes.to}",
        "the {verdict.noun} of {plan} by {council} came on {day} in a {votes.adj} vote",
        "in a {votes.adj} [vote|ballot] on {day}, {council} {verdict.v} {plan}",
        "{plan} was {verdict.pp} on {day} when {council} voted {votes.to}",
    ]),
    Frame("council/charges", {
        "town": TOWNS, "dir": UP_OR_DOWN, "pct": PERCENTAGES, "month": MONTHS,
        "levy": [
            "parking fees|charges for parking", "bus fares", "water charges|charges for water",
            "market rents|stall rents", "property taxes|taxes on property", "library fees",
            "waste charges|charges for waste collection", "harbour dues",
        ],
    }, [
        "[residents of|people in] {town} can expect a {pct} {dir.noun} in {levy} from {month}",
        "{town} will {dir.inf} {levy} by {pct} [starting in|from] {month}",
        "from {month}, {levy} in {town} will be {dir.pp} by {pct}",
        "{levy} in {town} [are set to|will] {dir.intr} by {pct} in {month}",
        "in {month}, a {pct} {dir.noun} in {levy} will [take effect|come into force] in {town}",
        "{town}'s decision to {dir.inf} {levy} by {pct} [takes effect|comes into force] in {month}",
    ]),
    Frame("council/mayor", {"a": PEOPLE, "b": PEOPLE, "town": TOWNS, "month": MONTHS}, [
        "{a} [replaced|succeeded|took over from] {b} as mayor of {town} in {month}",
        "in {month}, {b} was [replaced|succeeded] by {a} as mayor of {town}",
        "{b} handed the office of mayor of {town} to {a} in {month}",
        "the office of mayor in {town} passed from {b} to {a} in {month}",
        "{town} got a new mayor in {month} when {a} [replaced|succeeded] {b}",
        "{a} became mayor of {town} in {month}, [taking the place of|following] {b}",
    ], swaps=(("a", "b"),)),
    Frame("council/closure", {
        "place": [
            "the Elm Street library|the library on Elm Street",
            "the indoor pool|the swimming baths", "the old theatre|the historic theatre",
            "the toy museum|the museum of toys", "the youth club|the club for young people",
            "the ferry terminal", "the market hall|the covered market", "the sports centre",
        ],
        "town": TOWNS, "month": MONTHS,
        "reason": [
            "a leaking roof|leaks in the roof", "rising rent|a higher rent",
            "a shortage of staff|a lack of staff", "the price of heating|heating costs",
            "falling visitor numbers|a drop in visitors", "fire damage|damage from a fire",
        ],
        "st": [
            {"v": "will close|is going to close", "force": "will force|is going to force",
             "lead": "will lead to|will bring"},
            {"v": "may close|could close|might close", "force": "may force|could force",
             "lead": "could lead to|may bring|might lead to"},
            {"v": "closed|shut", "force": "forced", "lead": "led to|brought"},
        ],
    }, [
        "{place} in {town} {st.v} in {month} because of {reason}",
        "because of {reason}, {place} in {town} {st.v} in {month}",
        "{reason} {st.force} {place} in {town} to close in {month}",
        "{reason} {st.lead} the closure of {place} in {town} in {month}",
        "in {month}, {place} in {town} {st.v} [owing to|because of] {reason}",
    ]),
]

SCHOOL = [
    Frame("school/intake", {
        "school": SCHOOLS, "n": DOZENS, "m": DOZENS, "year": YEARS,
    }, [
        "{school} [enrolled|took in|admitted] {n} new pupils in {year}, compared with {m}"
        " [a year earlier|the year before]",
        "in {year}, {n} new pupils joined {school}, while {m} had joined the year before",
        "new pupils at {school} numbered {n} in {year} and {m} [in the previous year|a year earlier]",
        "after {m} new pupils [the year before|a year earlier], {school} [welcomed|admitted] {n}"
        " in {year}",
        "{school} [admitted|took in] {n} new pupils in {year}; a year earlier it had {m}",
    ], swaps=(("n", "m"),)),
    Frame("school/exam", {
        "school": SCHOOLS, "frac": FRACTIONS, "subject": SUBJECTS, "month": MONTHS,
        "res": [
            {"v": "passed|got through", "pp": "passed", "inf": "pass"},
            {"v": "failed|did not pass", "pp": "failed", "inf": "fail"},
        ],
    }, [
        "{frac} of the pupils at {school} {res.v} the {subject} exam in {month}",
        "in {month}, {frac} of {school}'s pupils {res.v} the exam in {subject}",
        "the {subject} exam in {month} was {res.pp} by {frac} of the pupils at {school}",
        "at {school}, {frac} of those who sat the {month} exam in {subject} {res.v} it",
        "the {month} exam in {subject} saw {frac} of the pupils at {school} {res.inf}",
    ]),
    Frame("school/award", {
        "a": PEOPLE, "school": SCHOOLS, "subject": SUBJECTS, "year": YEARS,
        "award": [
            "Golden Chalk prize|Golden Chalk award", "national teaching prize|national teaching award",
            "Lamplight medal", "prize for young teachers|young teachers' prize",
            "Sunrise award|Sunrise prize",
        ],
    }, [
        "{a}, [a|who works as a] {subject} teacher at {school}, won the {award} in {year}",
        "the {award} [went to|was won by|was awarded to] {a}, who teaches {subject} at {school},"
        " in {year}",
        "in {year}, {school}'s {subject} teacher {a} [won|received|was given] the {award}",
        "the {year} winner of the {award} was {a}, a {subject} teacher at {school}",
        "{school} had a winner in {year} when {a}, who teaches {subject}, [received|was given]"
        " the {award}",
    ]),
    Frame("school/hours", {
        "school": SCHOOLS, "t1": CLOCK, "t2": CLOCK, "month": MONTHS,
    }, [
        "lessons at {school} will [begin|start] at {t1} [instead of|rather than] {t2} from {month}",
        "from {month}, {school} will [start|begin] the day at {t1}, not at {t2}",
        "{school} is moving the start of lessons from {t2} to {t1} in {month}",
        "the day at {school} now begins at {t2} but will begin at {t1} from {month}",
        "{school} will [give up|abandon] its {t2} start for one at {t1} in {month}",
    ], swaps=(("t1", "t2"),)),
]

HEALTH = [
    Frame("health/trial", {
        "hosp": HOSPITALS, "n": HUNDREDS,
        "drug": ["Velorin", "Zemaprol", "Cardisol", "Luxanib", "Trevalin", "Normadol"],
        "cond": [
            "chronic back pain|long-term back pain", "high blood pressure", "asthma",
            "swelling of the joints|joint swelling", "migraine", "sleeplessness|insomnia",
        ],
        "eff": [
            {"v": "reduced|eased|relieved", "pp": "was reduced|was eased", "in": "showed a benefit for",
             "saw": "saw an improvement in|noticed an improvement in"},
            {"v": "did not reduce|failed to ease|did not relieve",
             "pp": "was not reduced|was not eased", "in": "showed no benefit for",
             "saw": "saw no improvement in|noticed no improvement in"},
        ],
    }, [
        "a [trial|study] with {n} patients at {hosp} found that {drug} {eff.v} {cond}",
        "{drug} {eff.v} {cond}, a [trial|study] of {n} patients at {hosp} [showed|found]",
        "{cond} {eff.pp} by {drug} in a [trial|study] of {n} patients at {hosp}",
        "at {hosp}, {n} patients took {drug} in a [trial|study] that {eff.in} {cond}",
        "[doctors|researchers] at {hosp} gave {drug} to {n} patients and {eff.saw} {cond}",
    ]),
    Frame("health/ward", {
        "hosp": HOSPITALS, "n": DOZENS, "month": MONTHS,
        "ward": ["children's", "heart", "eye", "cancer", "maternity", "burns"],
        "st": [
            {"v": "opened|started", "vi": "opened", "be": "became available", "get": "gained|got",
             "date": "took place in|came in"},
            {"v": "will open|is going to open", "vi": "will open|is going to open",
             "be": "will become available", "get": "will gain|will get",
             "date": "is set for|is planned for"},
            {"v": "may open|could open", "vi": "may open|might open", "be": "may become available",
             "get": "may gain|could get", "date": "is possible in|could come in"},
        ],
    }, [
        "{hosp} {st.v} a {ward} ward with {n} beds in {month}",
        "a {ward} ward with {n} beds {st.vi} at {hosp} in {month}",
        "in {month}, {n} beds {st.be} in a new {ward} ward at {hosp}",
        "{hosp} {st.get} {n} beds in {month} in a new {ward} ward",
        "the opening of a {ward} ward of {n} beds at {hosp} {st.date} {month}",
    ]),
    Frame("health/vaccine", {
        "town": TOWNS, "frac": FRACTIONS, "month": MONTHS,
        "group": ["adults|grown-ups", "children", "nurses", "teachers|school teachers",
                  "people over 65|those older than 65", "students|university students"],
        "dis": ["measles", "flu|influenza", "tetanus", "hepatitis", "polio", "mumps"],
    }, [
        "by {month}, {frac} of {group} in {town} [had been|were] vaccinated against {dis}",
        "in {town}, {frac} of {group} [had received|had been given] a {dis} [vaccine|jab] by {month}",
        "vaccination against {dis} had reached {frac} of {group} in {town} by {month}",
        "the {dis} [vaccine|jab] had been given to {frac} of {group} in {town} by {month}",
        "[health workers|doctors] in {town} had vaccinated {frac} of {group} against {dis}"
        " by {month}",
    ]),
]

MUSEUM_WORLD = [
    Frame("museums/loan", {
        "m1": MUSEUMS, "m2": MUSEUMS, "dur": LONG_TIMES, "year": YEARS,
        "work": [
            "a portrait of a fisherman|a painting of a fisherman", "a bronze horse|a horse in bronze",
            "a silk map of the coast|a map of the coast on silk", "an ivory chess set",
            "a model of a paddle steamer|a model paddle steamer", "a carved oak door",
        ],
    }, [
        "{m1} [lent|loaned] {work} to {m2} for {dur} in {year}",
        "{m2} borrowed {work} from {m1} for {dur} in {year}",
        "{work} [went|travelled] from {m1} to {m2} in {year} on a loan of {dur}",
        "in {year}, {work} was on loan to {m2} from {m1} for {dur}",
        "a loan of {dur} took {work} to {m2} from {m1} in {year}",
        "{work} [that belongs to|owned by] {m1} was [lent|loaned] to {m2} for {dur} in {year}",
    ], swaps=(("m1", "m2"),)),
    Frame("museums/visitors", {
        "m": MUSEUMS, "n": THOUSANDS, "year": YEARS,
        "show": [
            "a show of early photographs|an exhibition of early photography",
            "a show about whaling|an exhibition on whaling",
            "a display of royal clocks|an exhibition of royal clocks",
            "a show of children's drawings|an exhibition of drawings by children",
            "a show about steam engines|an exhibition on steam engines",
        ],
    }, [
        "{m} [drew|attracted] {n} visitors in {year} with {show}",
        "in {year}, {show} [brought|drew] {n} [people|visitors] to {m}",
        "{show} at {m} was seen by {n} [people|visitors] in {year}",
        "as many as {n} [people|visitors] came to {m} in {year} [to see|for] {show}",
        "{m} counted {n} visitors at {show} in {year}",
    ]),
    Frame("museums/theft", {
        "m": MUSEUMS, "month": MONTHS, "dur": LONG_TIMES,
        "item": [
            "a gold snuffbox|a snuffbox made of gold", "a marble head|a head carved in marble",
            "a Roman ring|a ring from Roman times", "a ship's compass", "a jewelled dagger",
            "a small landscape painting|a small painting of a landscape",
        ],
        "place": [
            "a barn near Millbrook", "a locker at the airport|an airport locker",
            "a flat in Redcliff|an apartment in Redcliff", "a garden shed|a shed in a garden",
            "a lorry at the border|a truck at the border", "a disused well",
        ],
    }, [
        "{item} stolen from {m} in {month} was [found|recovered] {dur} later in {place}",
        "police [found|recovered] {item} in {place} {dur} after it was [stolen|taken] from {m}"
        " in {month}",
        "{dur} after its theft from {m} in {month}, {item} [turned up|was discovered] in {place}",
        "thieves took {item} from {m} in {month}; it was [found|recovered] in {place} {dur} later",
        "{place} was where {item} [turned up|was recovered] {dur} after being stolen from {m}"
        " in {month}",
    ]),
]

FRAMES = COUNCIL + SCHOOL + HEALTH + MUSEUM_WORLD
