"""Trade, energy, software and transport."""

from grammar import Frame, numbers
from lexicon import (
    CLOCK, COMPANIES, DATES, DAYS, DAYS_LONG, DOZENS, FEW, HUNDREDS, LONG_TIMES, MILLIONS, MONTHS,
    PERCENTAGES, REGIONS, SHORT_TIMES, THOUSANDS, TOWNS, UP_OR_DOWN, YEARS)

PROGRAMS = [
    "Inkwell", "Papertrail", "Foxglove", "Mailroom", "Lighthouse", "Clockwork", "Sundial",
    "Patchwork",
]
WILL_OR_MAY = [
    {"v": "will|is going to", "be": "will be|are going to be"},
    {"v": "may|might|could", "be": "may be|might be|could be"},
]

TRADE = [
    Frame("trade/takeover", {
        "a": COMPANIES, "b": COMPANIES, "money": MILLIONS, "month": MONTHS,
    }, [
        "{a} [bought|acquired|took over] {b} for {money} in {month}",
        "in {month}, {b} was [bought|acquired|taken over] by {a} for {money}",
        "{b} became part of {a} in {month} in a deal worth {money}",
        "the [purchase|acquisition|takeover] of {b} by {a}, [completed|agreed] in {month}, cost"
        " {money}",
        "{a} paid {money} for {b} in a [deal|takeover] [completed|signed] in {month}",
        "the owners of {b} sold the [company|firm] to {a} for {money} in {month}",
    ], swaps=(("a", "b"),)),
    Frame("trade/exports", {
        "r1": REGIONS, "r2": REGIONS, "pct": PERCENTAGES, "year": YEARS, "d": UP_OR_DOWN,
        "good": ["timber|wood", "steel", "wine", "cheese", "paper", "salt", "olive oil", "copper"],
    }, [
        "exports of {good} from {r1} to {r2} {d.past} {pct} in {year}",
        "in {year}, {r1} sold {pct} {d.adv} {good} to {r2} than [a year earlier|the year before]",
        "{r2} bought {pct} {d.adv} {good} from {r1} in {year} than [a year earlier|the year before]",
        "sales of {good} by {r1} to {r2} were {d.level} {pct} in {year}",
        "a {pct} {d.noun} in {good} exports from {r1} to {r2} was [recorded|reported] in {year}",
    ], swaps=(("r1", "r2"),)),
    Frame("trade/jobs", {
        "co": COMPANIES, "n": HUNDREDS, "town": TOWNS, "month": MONTHS, "mod": WILL_OR_MAY,
        "act": [
            {"inf": "create|add", "pp": "created|added", "town": "gain|get", "cmp": "more"},
            {"inf": "cut|axe|shed", "pp": "cut|axed|lost", "town": "lose", "cmp": "fewer"},
        ],
    }, [
        "{co} {mod.v} {act.inf} {n} jobs at its [factory|plant] in {town} by {month}",
        "by {month}, {n} jobs {mod.be} {act.pp} at the {co} [plant|factory] in {town}",
        "{town} {mod.v} {act.town} {n} jobs at {co} by {month}",
        "the [plant|factory] that {co} runs in {town} {mod.v} {act.town} {n} jobs by {month}",
        "the [plant|factory] of {co} in {town} {mod.v} have {n} {act.cmp} jobs by {month}",
    ]),
]

ENERGY = [
    Frame("energy/plant", {
        "co": COMPANIES, "town": TOWNS, "n": DOZENS, "m": THOUSANDS, "month": MONTHS,
        "kind": ["wind farm", "solar park|solar farm", "gas plant|gas-fired plant",
                 "hydro plant|hydroelectric plant", "biomass plant"],
    }, [
        "{co} [opened|started up] a {n.digits}-megawatt {kind} near {town} in {month} that can supply"
        " {m} homes",
        "a {kind} of {n} megawatts, enough for {m} homes, was opened near {town} by {co} in {month}",
        "in {month}, {co} [opened|started up] a {kind} near {town}; its {n} megawatts can supply"
        " {m} homes",
        "near {town}, a {n.digits}-megawatt {kind} [owned by|belonging to] {co} began to supply {m}"
        " homes in {month}",
        "the new {n.digits}-megawatt {kind} of {co} near {town} has [supplied|powered] {m} homes since"
        " {month}",
    ]),
    Frame("energy/tariff", {
        "co": COMPANIES, "pct": PERCENTAGES, "date": DATES, "d": UP_OR_DOWN,
        "fuel": ["electricity|power", "gas|natural gas", "heating oil", "district heating"],
    }, [
        "{co} [will|is going to] {d.inf} the price of {fuel} by {pct} [from|on] {date}",
        "from {date}, customers of {co} will pay {pct} {d.adv} for {fuel}",
        "{fuel} from {co} will cost {pct} {d.adv} from {date}",
        "a {pct} {d.noun} in the price of {fuel} from {co} [takes effect|comes into force] on {date}",
        "{co} told customers that {fuel} would become {pct} {d.cost} on {date}",
    ]),
    Frame("energy/source", {
        "s1": ["wind power|wind", "solar power|sunlight", "coal", "natural gas|gas",
               "hydropower|water power", "nuclear power", "biomass", "geothermal heat"],
        "s2": "s1", "reg": REGIONS, "year": YEARS,
    }, [
        "{s1} [supplied|provided] more of the electricity in {reg} than {s2} in {year}",
        "in {year}, {reg} got more electricity from {s1} than from {s2}",
        "{s2} [supplied|produced] less electricity than {s1} in {reg} in {year}",
        "{s1} was ahead of {s2} as a source of electricity in {reg} in {year}",
        "less electricity came from {s2} than from {s1} in {reg} in {year}",
    ], swaps=(("s1", "s2"),)),
]

SOFTWARE = [
    Frame("software/release", {
        "prog": PROGRAMS, "date": DATES,
        "v": ["2.4", "3.0", "3.1", "4.2", "5.0", "6.3", "7.1", "8.0", "9.2"],
        "feat": ["dark mode", "offline maps", "voice input|spoken input", "shared calendars",
                 "older phones|old phones", "PDF files|files in PDF", "handwriting",
                 "two screens|a second screen"],
        "ar": [
            {"v": "adds|introduces", "ger": "adding|introducing",
             "was": "was added to|was introduced in", "users": "gained|got"},
            {"v": "drops|removes", "ger": "dropping|removing",
             "was": "was removed from|was dropped from", "users": "lost"},
        ],
    }, [
        "version {v} of {prog}, [released|published] on {date}, {ar.v} support for {feat}",
        "{prog} {v}, which came out on {date}, {ar.v} support for {feat}",
        "version {v} of {prog} came out on {date}, {ar.ger} support for {feat}",
        "support for {feat} {ar.was} {prog} with version {v} on {date}",
        "users of {prog} {ar.users} support for {feat} with version {v}, [released|published] on"
        " {date}",
    ]),
    Frame("software/leak", {
        "prog": PROGRAMS, "n": THOUSANDS, "dur": DAYS_LONG,
        "data": ["home addresses", "phone numbers|telephone numbers", "passwords", "birth dates",
                 "bank details", "private photos|private pictures"],
        "fix": [{"rel": "now repaired|since fixed"}, {"rel": "still not repaired|not yet fixed"}],
    }, [
        "a [bug|flaw] in {prog}, {fix.rel}, exposed the {data} of {n} users for {dur}",
        "for {dur}, the {data} of {n} users were exposed by a [bug|flaw] in {prog}, {fix.rel}",
        "the {data} of {n} {prog} users were [exposed|visible] for {dur} because of a [bug|fault],"
        " {fix.rel}",
        "{prog} left the {data} of {n} [users|customers] exposed for {dur} through a [bug|flaw],"
        " {fix.rel}",
        "a [bug|fault], {fix.rel}, made the {data} of {n} people using {prog} visible for {dur}",
    ]),
    Frame("software/switch", {
        "org": [f"the {town} library|{town}'s library" for town in TOWNS[:8]]
        + [f"the {town} courts|the courts in {town}" for town in TOWNS[8:14]],
        "p1": PROGRAMS, "p2": PROGRAMS, "n": HUNDREDS, "month": MONTHS,
    }, [
        "{org} replaced {p1} with {p2} on {n} computers in {month}",
        "in {month}, {org} [switched|moved] {n} computers from {p1} to {p2}",
        "{p2} took the place of {p1} on {n} computers at {org} in {month}",
        "at {org}, {p1} gave way to {p2} on {n} computers in {month}",
        "{org} [abandoned|gave up] {p1} in favour of {p2} on {n} computers in {month}",
        "the [move|switch] from {p1} to {p2} on {n} computers at {org} was completed in {month}",
    ], swaps=(("p1", "p2"),)),
]

TRANSPORT = [
    Frame("transport/timetable", {
        "t1": TOWNS, "t2": TOWNS, "time": CLOCK, "dur": SHORT_TIMES,
        "veh": ["train", "bus|coach", "ferry|boat", "flight|plane"],
    }, [
        "the first {veh} from {t1} to {t2} [leaves|departs] at {time} and takes {dur}",
        "leaving {t1} at {time}, the first {veh} reaches {t2} in {dur}",
        "passengers on the first {veh} to {t2} leave {t1} at {time} and travel for {dur}",
        "the journey from {t1} to {t2} on the first {veh}, at {time}, [takes|lasts] {dur}",
        "it takes {dur} to get to {t2} from {t1} on the first {veh}, which leaves at {time}",
        "{t2} is {dur} from {t1} by the first {veh} of the day, which leaves at {time}",
    ], swaps=(("t1", "t2"),), reported=False),
    Frame("transport/strike", {
        "grp": ["train drivers|engine drivers", "bus drivers|drivers of buses",
                "baggage handlers|luggage handlers", "ferry crews|crews of ferries",
                "ticket inspectors", "airport cleaners|cleaners at the airport"],
        "town": TOWNS, "dur": DAYS_LONG, "date": DATES,
        "issue": ["pay|wages", "night shifts|working at night", "pensions", "safety",
                  "holidays|time off"],
        "st": [
            {"v": "will strike|will walk out|will go on strike",
             "end": "is going ahead|will go ahead", "lead": "will lead to",
             "face": "faces|is facing"},
            {"v": "will not strike|will not walk out|have dropped plans to strike",
             "end": "has been called off|has been cancelled", "lead": "will no longer lead to",
             "face": "has been spared|will be spared"},
        ],
    }, [
        "{grp} in {town} {st.v} for {dur} from {date} over {issue}",
        "a strike over {issue} by {grp} in {town}, planned to last {dur} from {date}, {st.end}",
        "from {date}, {grp} in {town} {st.v} over {issue} for {dur}",
        "the dispute over {issue} {st.lead} a strike of {dur} by {grp} in {town} from {date}",
        "{town} {st.face} a strike of {dur} by {grp} over {issue} from {date}",
    ]),
    Frame("transport/crash", {
        "v1": ["lorry|truck", "tram", "school bus", "van", "tractor", "taxi|cab",
               "motorcycle|motorbike", "police car"],
        "v2": "v1", "town": TOWNS, "day": DAYS, "n": FEW,
    }, [
        "a {v1} [hit|ran into|struck] a {v2} near {town} on {day}, injuring {n} people",
        "{n.words} people were [hurt|injured] on {day} when a {v1} [hit|ran into] a {v2} near {town}",
        "near {town} on {day}, a {v2} was [hit|struck] by a {v1} and {n} people were [hurt|injured]",
        "a {v2} was [hit|struck] by a {v1} near {town} on {day}; {n} people were [hurt|injured]",
        "on {day}, {n} people suffered injuries near {town} as a {v1} [hit|struck] a {v2}",
        "the [crash|accident] near {town} on {day}, in which a {v1} [hit|ran into] a {v2}, left {n}"
        " people [hurt|injured]",
    ], swaps=(("v1", "v2"),)),
]

FRAMES = TRADE + ENERGY + SOFTWARE + TRANSPORT
