"""Weather, wildlife, farming and science."""

from grammar import Frame, numbers
from lexicon import (
    DATES, DAYS, DAYS_LONG, DOZENS, FEW, HUNDREDS, LONG_TIMES, PERCENTAGES, REGIONS, THOUSANDS,
    TOWNS, UNIVERSITIES, UP_OR_DOWN, YEARS)

PARKS = [
    "Alder National Park", "the Moss reserve|the reserve at Moss", "the Tarn forest|Tarn Forest",
    "the Redcliff marshes|the marshes at Redcliff", "Hollow Valley", "the Silver dunes",
    "Kestrel Wood|the wood at Kestrel", "the Grey hills",
]
ANIMALS = [
    "foxes", "hares", "otters", "herons", "badgers", "red deer", "wild goats", "owls",
    "beavers", "wolves", "storks", "lynxes",
]
CROPS = ["wheat", "barley", "maize|corn", "rapeseed", "rye", "potato", "apple", "grape"]

WEATHER = [
    Frame("weather/rain", {
        "town": TOWNS, "n": DOZENS, "dur": DAYS_LONG, "year": YEARS,
    }, [
        "{town} had {n} millimetres of rain in {dur}, the [wettest spell|heaviest rain] since {year}",
        "rainfall in {town} reached {n} millimetres in {dur}, [more than at any time|the most]"
        " since {year}",
        "in {dur}, {n} millimetres of rain fell on {town}, [a total|an amount] not seen since {year}",
        "not since {year} had {town} seen as much rain as the {n} millimetres that fell in {dur}",
        "with {n} millimetres in {dur}, {town} had its heaviest rain since {year}",
    ]),
    Frame("weather/outage", {
        "town": TOWNS, "n": THOUSANDS, "day": DAYS,
        "storm": ["thunderstorm", "snowstorm|blizzard", "flood", "sandstorm", "gale|strong wind",
                  "landslide|mudslide"],
        "util": ["electricity|power", "water|running water", "gas", "telephone service|phone service"],
    }, [
        "a {storm} left {n} homes in {town} without {util} on {day}",
        "on {day}, a {storm} [interrupted|knocked out] {util} in {n} homes in {town}",
        "in {town}, {n} [homes|households] [lost|were without] {util} on {day} because of a {storm}",
        "because of a {storm}, {n} [homes|households] in {town} had no {util} on {day}",
        "the {storm} that hit {town} on {day} cut off {util} to {n} [homes|households]",
    ]),
    Frame("weather/forecast", {
        "town": TOWNS, "day": DAYS, "n": numbers(26, 28, 29, 31, 32, 33, 34, 36, 37, 38),
        "mod": [
            {"v": "will reach|will climb to", "see": "will have|will see", "np": "a high of",
             "get": "should expect|will get"},
            {"v": "may reach|could climb to|might reach", "see": "may have|could see",
             "np": "a possible high of", "get": "may get|could get"},
            {"v": "will not reach|will stay below", "see": "will not see|will not have",
             "np": "temperatures below", "get": "will not get|should not expect"},
        ],
    }, [
        "temperatures in {town} {mod.v} {n} degrees on {day}, forecasters [said|announced]",
        "on {day}, {town} {mod.see} temperatures of {n} degrees, according to forecasters",
        "forecasters [said|announced] that the temperature in {town} {mod.v} {n} degrees on {day}",
        "the forecast for {town} on {day} is for {mod.np} {n} degrees",
        "people in {town} {mod.get} {n} degrees on {day}, according to the forecast",
    ]),
    Frame("weather/snow", {
        "town": TOWNS, "date": DATES,
        "dur": ["two weeks|14 days|a fortnight", "a month|four weeks", "ten days|10 days",
                "three weeks|21 days", "five days|5 days", "a week|seven days"],
        "el": [
            {"cmp": "earlier", "rel": "ahead of|before", "adv": "early"},
            {"cmp": "later", "rel": "after|behind", "adv": "late"},
        ],
    }, [
        "the first snow of the winter fell in {town} on {date}, {dur} {el.cmp} than [usual|normal]",
        "{town} had its first snow on {date}, {dur} {el.rel} the usual date",
        "snow came {dur} {el.adv} to {town} this winter, [arriving|falling] on {date}",
        "on {date}, {dur} {el.cmp} than [usual|normal], {town} saw its first snow",
        "winter's first snow reached {town} {dur} {el.adv}, on {date}",
    ]),
]

WILDLIFE = [
    Frame("wildlife/compare", {"a": ANIMALS, "b": ANIMALS, "park": PARKS, "year": YEARS}, [
        "[volunteers|rangers] counted more {a} than {b} in {park} in {year}",
        "{b} were outnumbered by {a} in {park} in {year}, [volunteers found|a survey showed]",
        "in {year}, {a} outnumbered {b} in {park}, [according to a survey|a survey found]",
        "a [count|survey] in {park} in {year} found fewer {b} than {a}",
        "there were more {a} than {b} in {park} in {year}, a [survey|count] [found|showed]",
        "{a} were more [common|numerous] than {b} in {park} in {year}, [rangers|volunteers] said",
    ], swaps=(("a", "b"),)),
    Frame("wildlife/numbers", {
        "a": ANIMALS, "park": PARKS, "n": DOZENS, "m": DOZENS, "dur": LONG_TIMES,
    }, [
        "the number of {a} in {park} went from {n} to {m} [in|within] {dur}",
        "{park} had {n} {a} and, {dur} later, {m}",
        "within {dur}, the count of {a} in {park} [moved|went] from {n} to {m}",
        "[rangers|wardens] in {park} counted {n} {a} at first and, {dur} later, {m}",
        "a count of {n} {a} in {park} was followed {dur} later by a count of {m}",
    ], swaps=(("n", "m"),)),
    Frame("wildlife/release", {
        "a": ANIMALS, "park": PARKS, "n": FEW, "town": TOWNS, "date": DATES,
    }, [
        "on {date}, {n} {a} [raised|bred] in {town} were [released|set free] in {park}",
        "[rangers|wardens] [released|set free] {n} {a} from {town} in {park} on {date}",
        "{park} became home to {n} {a} from {town} on {date}",
        "the release in {park} of {n} {a} [raised|bred] in {town} took place on {date}",
        "{town} sent {n} {a} to {park}, where they were [released|set free] on {date}",
        "{n.words} {a} from {town} were [released|set free] in {park} on {date}",
    ]),
]

FARMING = [
    Frame("farming/harvest", {
        "reg": REGIONS, "pct": PERCENTAGES, "crop": CROPS, "d": UP_OR_DOWN,
        "cause": [
            "a mild winter|the mild winter", "a late spring|the late spring",
            "new planting rules|new rules on planting", "a change of seed|the use of new seed",
            "early sowing|sowing early", "a shortage of workers|a lack of workers",
        ],
    }, [
        "the {crop} harvest in {reg} {d.past} {pct} this year because of {cause}",
        "because of {cause}, the {crop} harvest in {reg} {d.past} {pct}",
        "the {crop} harvest in {reg} was {pct} {d.size} this year [as a result of|owing to] {cause}",
        "{cause} {d.tr} the {crop} harvest in {reg} by {pct}",
        "farmers in {reg} put a {pct} {d.noun} in the {crop} harvest down to {cause}",
    ]),
    Frame("farming/disease", {
        "town": TOWNS, "n": HUNDREDS, "day": DAYS,
        "ani": ["sheep", "cows|cattle", "pigs", "chickens|hens", "ducks", "goats"],
        "dis": ["bird flu|avian flu", "foot rot", "swine fever", "blue tongue", "anthrax"],
        "act": ["vaccinated", "killed|culled|slaughtered", "moved to another farm",
                "tested|examined"],
    }, [
        "vets [confirmed|found] {dis} on a farm near {town} on {day} and {n} {ani} were {act}",
        "after {dis} was [found|confirmed] near {town} on {day}, {n} {ani} were {act}",
        "a farm near {town} had {n} {ani} {act} after {dis} was [confirmed|detected] on {day}",
        "{dis} was [detected|confirmed] on a farm near {town} on {day}, and all {n} {ani} there"
        " were {act}",
        "the discovery of {dis} on a farm near {town} on {day} led to {n} {ani} being {act}",
    ]),
    Frame("farming/prices", {
        "town": TOWNS, "pct": PERCENTAGES, "day": DAYS, "d": UP_OR_DOWN,
        "crop": ["wheat", "barley", "milk", "butter", "wool", "honey", "lamb", "cheese"],
    }, [
        "the price of {crop} at {town} market {d.past} {pct} on {day}",
        "on {day}, {crop} [cost|sold for] {pct} {d.adv} at {town} market",
        "{crop} became {pct} {d.cost} at {town} market on {day}",
        "buyers at {town} market paid {pct} {d.adv} for {crop} on {day}",
        "a {pct} {d.noun} in the price of {crop} was [recorded|seen] at {town} market on {day}",
    ]),
]

SCIENCE = [
    Frame("science/species", {
        "uni": UNIVERSITIES, "n": FEW, "year": YEARS,
        "ani": ["frog", "beetle", "orchid", "bat", "moss", "snail", "spider", "fern"],
        "place": ["the Moss islands", "a cave near Redcliff", "the Tarn forest",
                  "a mountain lake|a lake in the mountains", "the eastern desert",
                  "the deep sea|the ocean depths"],
    }, [
        "[researchers|scientists] from {uni} [discovered|found] {n} new species of {ani} in {place}"
        " in {year}",
        "in {year}, [scientists|a team] from {uni} [identified|discovered] {n} [unknown|new] species"
        " of {ani} in {place}",
        "{place} yielded {n} new species of {ani} to a team from {uni} in {year}",
        "a team from {uni} came back from {place} in {year} with {n} new species of {ani}",
        "the discovery of {n} new species of {ani} in {place} was announced by {uni} in {year}",
    ]),
    Frame("science/link", {
        "uni": UNIVERSITIES, "n": HUNDREDS,
        "habit": ["drinking green tea", "sleeping less than six hours", "eating late at night",
                  "working night shifts", "walking every day|taking a daily walk",
                  "reading before bed"],
        "out": ["better memory", "weight gain|gaining weight", "lower blood pressure",
                "frequent headaches", "slower ageing", "more colds|catching more colds"],
        "l": [
            {"found": "found a link|reported a link", "was": "was linked to|went together with",
             "is": "is a|is a clear"},
            {"found": "found no link|saw no link", "was": "was not linked to|had nothing to do with",
             "is": "is no"},
        ],
    }, [
        "{habit} {l.was} {out} in a study of {n} adults at {uni}",
        "according to a study of {n} adults at {uni}, there {l.is} link between {habit} and {out}",
        "researchers at {uni} who followed {n} adults [concluded|reported] that {habit} {l.was} {out}",
        "in a study of {n} adults, {uni} {l.found} between {habit} and {out}",
    ]),
    Frame("science/fossil", {
        "town": TOWNS, "n": FEW,
        "fos": ["fossil fish", "fossil bird", "dinosaur skull|skull of a dinosaur", "petrified tree",
                "giant tooth", "fossil shell"],
        "o": [{"cmp": "older"}, {"cmp": "younger"}],
    }, [
        "a {fos} [found|dug up] near {town} is {n} million years {o.cmp} than"
        " [first thought|scientists had believed]",
        "new dating [shows|suggests] that a {fos} [from|found near] {town} is {n} million years"
        " {o.cmp} than [assumed|believed]",
        "the {fos} from {town} has been dated again and is now [held|thought] to be {n} million"
        " years {o.cmp}",
        "a {fos} from {town} has turned out to be {n} million years {o.cmp} than"
        " [experts|researchers] had thought",
        "[scientists|researchers] now believe the {fos} from {town} to be {n} million years {o.cmp}"
        " than they did before",
    ]),
]

FRAMES = WEATHER + WILDLIFE + FARMING + SCIENCE
