"""Sport, cooking, space and the arts."""

from grammar import Frame, numbers
from lexicon import (
    DATES, DAYS, DOZENS, FEW, LONG_TIMES, MILLIONS, MONTHS, PEOPLE, SHORT_TIMES, TOWNS,
    UNIVERSITIES, YEARS)

TEAMS = [
    "Ashford Rovers", "Millbrook United", "Riverton Wanderers", "Oakdale Tigers",
    "Kingsbury Athletic", "Lakewood Bears", "Westport Sharks", "Harwick Town",
    "Elmhurst Hawks", "Redcliff Rangers", "Silverton Stars", "Eastgate Lions",
]
CUPS = ["Harvest Cup", "Coast League", "Lantern Trophy", "Charity Shield", "Valley Cup",
        "Winter League"]
DISHES = [
    "a plum tart|a tart with plums", "a lentil stew|a stew of lentils", "a rye loaf|a loaf of rye bread",
    "a lemon cake|a cake with lemon", "a fish pie", "an onion soup|a soup of onions",
    "a walnut pudding", "a potato gratin",
]

SPORT = [
    Frame("sport/match", {
        "a": TEAMS, "b": TEAMS, "comp": CUPS, "day": DAYS,
        "score": [f"{x}-{y}|{x} to {y}" for x, y in
                  ((2, 0), (3, 1), (2, 1), (4, 2), (5, 3), (1, 0), (6, 1), (4, 0))],
    }, [
        "{a} [beat|defeated] {b} {score} in the {comp} on {day}",
        "{b} lost {score} to {a} in the {comp} on {day}",
        "on {day}, {b} were [beaten|defeated] {score} by {a} in the {comp}",
        "{a} [won|came out on top] {score} against {b} in the {comp} on {day}",
        "the {comp} [match|meeting] on {day} ended {score} for {a} against {b}",
        "in the {comp} on {day}, {a} were {score} winners [over|against] {b}",
        "{b} suffered a defeat by {a}, {score}, in the {comp} on {day}",
    ], swaps=(("a", "b"),)),
    Frame("sport/transfer", {
        "p": PEOPLE, "t1": TEAMS, "t2": TEAMS, "money": MILLIONS, "month": MONTHS,
    }, [
        "{p} [moved|transferred] from {t1} to {t2} for {money} in {month}",
        "{t2} [signed|bought] {p} from {t1} for {money} in {month}",
        "in {month}, {t1} sold {p} to {t2} for {money}",
        "{p} left {t1} in {month} to [join|play for] {t2} in a deal worth {money}",
        "a fee of {money} took {p} from {t1} to {t2} in {month}",
        "the [sale|transfer] of {p} to {t2} brought {t1} {money} in {month}",
    ], swaps=(("t1", "t2"),)),
    Frame("sport/race", {
        "p": PEOPLE, "q": PEOPLE, "n": FEW, "year": YEARS,
        "race": ["Lakeside marathon|marathon at Lakeside", "Three Peaks run", "Harbour regatta",
                 "Old Bridge cycle race|cycle race at Old Bridge", "Forest ski race"],
    }, [
        "{p} won the {race} in {year}, finishing {n} seconds ahead of {q}",
        "in {year}, {q} came second in the {race}, {n} seconds behind {p}",
        "{p} beat {q} by {n} seconds [to win|in] the {race} in {year}",
        "{q} finished {n} seconds [after|behind] {p}, the winner of the {race}, in {year}",
        "victory in the {race} of {year} went to {p}, with {q} {n} seconds behind",
    ], swaps=(("p", "q"),)),
    Frame("sport/injury", {
        "p": PEOPLE, "team": TEAMS, "comp": CUPS,
        "inj": ["a broken finger|a fractured finger", "a knee injury|an injured knee",
                "a torn muscle|a muscle tear", "a back strain|a strained back", "the flu|influenza",
                "a sprained ankle|an ankle sprain"],
        "m": [
            {"v": "will miss|is going to miss", "keep": "will keep|is going to keep",
             "play": "will play|is going to play"},
            {"v": "may miss|could miss|might miss", "keep": "may keep|could keep",
             "play": "may play|might have to play"},
            {"v": "missed|was absent from", "keep": "kept", "play": "played"},
        ],
    }, [
        "{p} {m.v} the {comp} final for {team} because of {inj}",
        "because of {inj}, {p} of {team} {m.v} the final of the {comp}",
        "{inj} {m.keep} {p} of {team} out of the {comp} final",
        "{team} {m.play} the {comp} final without {p} because of {inj}",
        "{p} of {team} {m.v} the {comp} final [owing to|with] {inj}",
    ]),
]

COOKING = [
    Frame("cooking/recipe", {
        "chef": PEOPLE, "dish": DISHES,
        "x": ["sugar", "butter", "flour|white flour", "cheese", "cream", "honey", "oats|rolled oats",
              "chopped nuts"],
        "y": "x", "n": numbers(40, 60, 75, 80, 120, 150, 200, 250, 300, 400),
        "m": "n",
    }, [
        "the recipe by {chef} for {dish} [calls for|needs] {n} grams of {x} and {m} grams of {y}",
        "for {dish}, {chef} [mixes|combines] {m} grams of {y} with {n} grams of {x}",
        "{chef} [makes|prepares] {dish} with {n} grams of {x} and {m} grams of {y}",
        "to make {dish} as {chef} does, [take|you need] {m} grams of {y} and {n} grams of {x}",
        "{chef} uses {m} grams of {y} and {n} grams of {x} to [make|prepare] {dish}",
    ], swaps=(("n", "m"),), reported=False),
    Frame("cooking/oven", {
        "chef": PEOPLE, "dish": DISHES, "dur": SHORT_TIMES,
        "t": numbers(140, 150, 160, 170, 180, 200, 220, 240),
        "cov": [{"adv": "with the lid on|covered"}, {"adv": "without a lid|uncovered"}],
    }, [
        "{chef} [advises|recommends] baking {dish} {cov.adv} at {t} degrees for {dur}",
        "{chef} says {dish} needs {dur} in the oven at {t} degrees, {cov.adv}",
        "bake {dish} {cov.adv} for {dur} at {t} degrees, [says|advises] {chef}",
        "in the kitchen of {chef}, {dish} goes into the oven at {t} degrees for {dur}, {cov.adv}",
        "at {t} degrees and {cov.adv}, {dish} is done after {dur}, according to {chef}",
    ], reported=False),
    Frame("cooking/restaurant", {
        "chef": PEOPLE, "town": TOWNS, "date": DATES,
        "kind": ["vegetarian", "seafood|fish", "Greek", "Indian", "French", "Japanese", "Mexican",
                 "Italian"],
        "oc": [
            {"v": "opened", "pp": "opened", "noun": "opening", "vi": "opened|opened its doors",
             "town": "gained"},
            {"v": "closed|shut", "pp": "closed|shut", "noun": "closure|closing",
             "vi": "closed|shut down", "town": "lost"},
        ],
    }, [
        "{chef} {oc.v} a {kind} restaurant in {town} on {date}",
        "a {kind} restaurant in {town} was {oc.pp} by {chef} on {date}",
        "the {oc.noun} of a {kind} restaurant in {town} by {chef} came on {date}",
        "on {date}, the {kind} restaurant that {chef} runs in {town} {oc.vi}",
        "{town} {oc.town} a {kind} restaurant on {date}, when {chef} {oc.v} it",
    ]),
    Frame("cooking/contest", {
        "a": PEOPLE, "b": PEOPLE, "town": TOWNS, "dish": DISHES,
        "contest": ["village bake-off|village baking contest", "young chefs' cup|cup for young chefs",
                    "harvest cook-off|harvest cooking contest", "street food prize"],
    }, [
        "{a} won the {contest} in {town} with {dish}, ahead of {b}",
        "with {dish}, {a} [beat|defeated] {b} in the {contest} in {town}",
        "{b} came second to {a}, who made {dish}, in the {contest} in {town}",
        "the judges of the {contest} in {town} placed {a} first for {dish} and {b} second",
        "{dish} [gave|brought] {a} victory over {b} in the {contest} in {town}",
    ], swaps=(("a", "b"),)),
]

SPACE = [
    Frame("space/launch", {
        "ag": ["the Nordic space agency|the space agency of the north", "Orbita", "the Alder agency",
               "Skybridge", "the island space agency|the space agency of the islands",
               "Polaris Launch"],
        "craft": ["the Heron probe|the probe Heron", "the Lantern satellite|the satellite Lantern",
                  "the Otter probe|the probe Otter", "the Beacon telescope|the telescope Beacon",
                  "the Finch satellite|the satellite Finch"],
        "target": ["Mars", "Venus", "the Moon", "the Sun", "Jupiter", "Saturn", "Mercury",
                   "the ozone layer"],
        "date": DATES,
        "st": [
            {"v": "launched|sent up", "vi": "lifted off|took off", "carry": "carried|took",
             "date": "took place on"},
            {"v": "will launch|is going to launch", "vi": "will lift off|will take off",
             "carry": "will carry|will take", "date": "is set for|is planned for"},
            {"v": "may launch|could launch", "vi": "may lift off|could take off",
             "carry": "may carry|could take", "date": "may take place on"},
        ],
    }, [
        "{ag} {st.v} {craft} on {date} to study {target}",
        "{craft} of {ag}, built to study {target}, {st.vi} on {date}",
        "on {date}, a rocket {st.carry} {craft} into space for {ag} to study {target}",
        "the launch by {ag} of {craft}, built to study {target}, {st.date} {date}",
        "{ag} {st.v} {craft}, which is to study {target}, on {date}",
    ]),
    Frame("space/planet", {
        "uni": UNIVERSITIES, "n": DOZENS,
        "gas": ["water vapour", "oxygen", "methane", "carbon dioxide", "helium", "sulphur"],
        "w": [
            {"has": "has|holds", "contains": "contains|holds", "is": "is present|was found",
             "found": "found|detected"},
            {"has": "has no|lacks", "contains": "contains no|is free of",
             "is": "is absent|was not found", "found": "found no|detected no"},
        ],
    }, [
        "[astronomers|researchers] at {uni} found that a planet {n} light years away {w.has} {gas} in"
        " its [atmosphere|air]",
        "a planet {n} light years from Earth {w.has} {gas} in its atmosphere, [astronomers|a team] at"
        " {uni} [found|reported]",
        "the atmosphere of a planet {n} light years away {w.contains} {gas}, according to {uni}",
        "{gas} {w.is} in the air of a planet {n} light years [away|from Earth], a team at {uni}"
        " [said|reported]",
        "looking at a planet {n} light years away, [astronomers|a team] at {uni} {w.found} {gas} in"
        " its air",
    ]),
    Frame("space/walk", {
        "a": PEOPLE, "b": PEOPLE, "dur": SHORT_TIMES,
        "station": ["Alba", "Horizon", "Kepler", "Zenith"],
        "thing": ["a solar panel|a panel for solar power", "a cooling pump|a coolant pump",
                  "a camera mount|the mount of a camera", "an aerial|an antenna",
                  "a leaking pipe|a pipe with a leak"],
    }, [
        "{a} [repaired|fixed] {thing} outside the {station} station for {dur} while {b} stayed inside",
        "while {b} stayed inside the {station} station, {a} spent {dur} outside"
        " [repairing|fixing] {thing}",
        "{b} [stayed|remained] inside the {station} station as {a} spent {dur} outside"
        " [repairing|fixing] {thing}",
        "it took {a} {dur} outside the {station} station to [repair|fix] {thing}, with {b} inside",
        "{thing} was [repaired|fixed] by {a} in {dur} outside the {station} station, with {b} inside",
    ], swaps=(("a", "b"),)),
]

ARTS = [
    Frame("arts/concert", {
        "a": PEOPLE, "b": PEOPLE, "town": TOWNS, "date": DATES,
        "orch": ["Harbour Orchestra", "Lakeside Philharmonic", "Valley Symphony", "Old Town Players"],
        "inst": ["violin", "piano", "cello", "flute", "trumpet", "harp"],
    }, [
        "{a} conducted the {orch} on {date} in {town}, with {b} playing the {inst}",
        "with {b} on the {inst}, the {orch} played in {town} on {date} under {a}",
        "the {orch} performed in {town} on {date}, conducted by {a}, with {b} on the {inst}",
        "on {date}, {b} played the {inst} in {town} with the {orch} under [the baton of|] {a}",
        "{town} heard the {orch} under {a} on {date}, with {b} playing the {inst}",
    ], swaps=(("a", "b"),)),
    Frame("arts/translation", {
        "a": PEOPLE, "b": PEOPLE, "year": YEARS,
        "l1": ["French", "Polish", "Greek", "Danish", "Turkish", "Finnish", "Hindi", "Czech"],
        "l2": "l1",
        "theme": ["a lighthouse keeper|the keeper of a lighthouse", "two sisters|a pair of sisters",
                  "a lost island", "a village school|a school in a village", "a long drought",
                  "a stolen violin|the theft of a violin"],
    }, [
        "{b} translated the [novel|book] by {a} about {theme} from {l1} into {l2} in {year}",
        "a [novel|book] by {a} about {theme} was translated from {l1} into {l2} by {b} in {year}",
        "in {year}, a [novel|book] about {theme} that {a} wrote in {l1} was translated into {l2} by"
        " {b}",
        "a [novel|book] that {a} wrote in {l1} about {theme} was [turned|put] into {l2} by {b} in"
        " {year}",
        "the {l2} [translation|version] of the {l1} [novel|book] about {theme} by {a} was made by"
        " {b} in {year}",
    ], swaps=(("a", "b"), ("l1", "l2"))),
]

FRAMES = SPORT + COOKING + SPACE + ARTS
