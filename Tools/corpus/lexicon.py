"""Names and values that several topics share. Every name is invented or generic."""

from grammar import Number, numbers

TOWNS = [
    "Ashford", "Millbrook", "Riverton", "Oakdale", "Kingsbury", "Lakewood", "Fairview", "Westport",
    "Northfield", "Elmhurst", "Stonebridge", "Maple Grove", "Harwick", "Eastgate", "Silverton",
    "Greenhill", "Port Linden", "Redcliff", "Brookhaven", "Cedar Falls",
]

PEOPLE = [
    f"{first} {last}|{last}"
    for first, last in (
        name.split() for name in (
            "Maria Delgado", "Peter Novak", "Aisha Khan", "John Carver", "Elena Petrova",
            "David Okafor", "Sofia Lindgren", "Thomas Weber", "Grace Mbeki", "Daniel Costa",
            "Hannah Fischer", "Omar Haddad", "Lucy Bennett", "Victor Silva", "Nora Jensen",
            "Samuel Price", "Ingrid Dahl", "Carlos Romero", "Julia Novotny", "Martin Brandt",
            "Priya Nair", "Robert Quinn", "Clara Moreau", "Ben Walker",
        ))
]

COMPANIES = [
    "Arden Foods", "Bluepeak", "Halden Motors", "Corvus Systems", "Northwind Energy", "Tarn Paper",
    "Lumen Glass", "Redwood Steel", "Orchard Mills", "Quarry Bank", "Falcon Freight", "Mistral",
    "Copperline", "Delta Textiles", "Summit Tools", "Harbour Brewing",
]

REGIONS = [
    "the northern province|the north", "the southern province|the south",
    "the western highlands|the highlands in the west", "the eastern plains|the plains in the east",
    "the coastal region|the region along the coast", "the lake district|the district of the lakes", "the Alder valley",
    "the Moss islands",
]

UNIVERSITIES = [
    f"{town} University|the University of {town}"
    for town in ("Kingsbury", "Lakewood", "Harwick", "Stonebridge", "Redcliff", "Westport",
                 "Elmhurst", "Silverton")
]

MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
YEARS = [str(year) for year in range(2004, 2024)]
DATES = [
    f"{day} {month}|{month} {day}"
    for month in MONTHS for day in (2, 5, 9, 14, 17, 21, 26)
]

PERCENTAGES = [
    f"{number.digits} percent|{number.words} percent|{number.digits}%"
    for number in numbers(3, 4, 6, 7, 8, 9, 11, 12, 14, 15, 17, 18, 20, 25, 30, 35, 40, 60)
]
FRACTIONS = [
    "half|50 percent", "a quarter|25 percent", "a third|one in three", "two thirds|two in three",
    "a fifth|20 percent|one in five", "three quarters|75 percent", "a tenth|ten percent",
    "nine in ten|90 percent",
]
MILLIONS = [
    f"${amount} million|{amount} million dollars"
    for amount in ("1.2", "2", "2.5", "3", "4", "4.5", "6", "7", "8.4", "9", "12", "15", "18",
                   "25", "30", "45")
] + ["$500,000|half a million dollars", "$1 billion|a billion dollars"]

LONG_TIMES = [
    "two weeks|14 days|a fortnight", "half a year|six months", "a year|twelve months|12 months",
    "three months|a quarter of a year", "a month|four weeks", "ten weeks|10 weeks",
    "eight months|8 months", "two years|24 months", "a decade|ten years|10 years",
    "five years|5 years", "nine days|9 days", "a week|seven days",
]
SHORT_TIMES = [
    "90 minutes|an hour and a half", "half an hour|30 minutes", "two hours|120 minutes",
    "45 minutes|three quarters of an hour", "20 minutes|twenty minutes", "an hour|60 minutes",
    "three hours|3 hours", "50 minutes|fifty minutes", "15 minutes|a quarter of an hour",
    "four hours|4 hours",
]
DAYS_LONG = [
    "two days|48 hours", "a week|seven days", "three days|72 hours", "five days|5 days",
    "24 hours|a single day", "ten days|10 days", "two weeks|a fortnight", "a month|four weeks",
]
CLOCK = [
    "7 a.m.|seven in the morning", "7:30 a.m.|half past seven in the morning",
    "8 a.m.|eight in the morning", "8:30 a.m.|half past eight in the morning",
    "9 a.m.|nine in the morning", "9:15 a.m.|a quarter past nine in the morning",
    "6 a.m.|six in the morning", "6:45 a.m.|a quarter to seven in the morning",
]

# Counts by size; consecutive entries differ enough to be another fact.
FEW = numbers(3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 16, 17, 19)
DOZENS = numbers(15, 18, 22, 24, 27, 30, 34, 36, 40, 45, 48, 52, 60, 64, 70, 75, 80, 85, 90)
HUNDREDS = numbers(110, 125, 140, 180, 210, 240, 260, 300, 350, 420, 480, 560, 600, 720, 800, 950)
THOUSANDS = [
    Number(value) for value in (
        1200, 1500, 1800, 2100, 2400, 3000, 3600, 4200, 5000, 6500, 7200, 8000, 9000, 11000,
        12500, 14000, 20000, 26000, 35000, 48000)
]

UP_OR_DOWN = [
    {"inf": "raise|increase|put up", "pp": "raised|increased|put up", "noun": "rise|increase",
     "intr": "rise|go up|climb", "past": "rose by|went up by|increased by", "adv": "more",
     "cost": "more expensive|dearer", "level": "up|higher by", "size": "larger|bigger",
     "tr": "increased|lifted|raised"},
    {"inf": "cut|lower|reduce", "pp": "cut|lowered|reduced", "noun": "cut|reduction|drop",
     "intr": "fall|go down|drop", "past": "fell by|went down by|dropped by", "adv": "less",
     "cost": "cheaper|less expensive", "level": "down|lower by", "size": "smaller",
     "tr": "reduced|cut|lowered"},
]
