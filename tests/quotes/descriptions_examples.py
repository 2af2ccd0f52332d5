"""Texts with described speakers, by kind: who is meant, and who may not be taken for it.

<q> are words that somebody says: `by` is in the name of the speaker, `id` is the linked actor. Without `id`
nobody may be linked. A text may begin with its day in brackets; else it is of 2023.
"""

CALLED_SO = [
    (
        "The embassy feared Kata'ib Hezbollah all winter.\n\nThe embassy said <q by='The "
        "embassy'>the gate was shut</q>."
    ),
    (
        "The ministry warned the Houthis on Monday.\n\nThe ministry said <q by='The ministry'>the "
        "port was open</q>."
    ),
    (
        "The bank shut a branch after Asa'ib Ahl al-Haq threatened it.\n\n“<q by='the bank'>We lost "
        "nothing,</q>” the bank said."
    ),
    ("A lawyer for Qais al-Khazali came at noon.\n\nThe lawyer said <q by='awyer'>the file was closed</q>."),
    (
        "The group fled from the Badr Organization in May.\n\nThe group said <q by='The group'>it "
        "would return</q>."
    ),
    (
        "The commission struck the Fatah Alliance off its list.\n\nThe commission said <q by='The "
        "commission'>the rules were clear</q>."
    ),
    (
        "Qais al-Khazali, a cleric, met Hadi al-Amiri in Najaf.\n\nThe cleric said <q by='Khazali' "
        "id='qais-al-khazali'>the vote was near</q>."
    ),
    (
        "The cleric Muqtada al-Sadr met Hadi al-Amiri.\n\nThe cleric said <q by='Sadr' "
        "id='muqtada-al-sadr'>the vote was near</q>."
    ),
    (
        "In Iraq, the Badr militia left a village on Sunday.\n\nThe militia said <q by='Badr' "
        "id='badr-organization'>the road was safe</q>."
    ),
    (
        "The Islamic State lost a village near Kirkuk.\n\nThe jihadist group said <q by='Islamic "
        "State' id='isis'>it had lost nobody</q>."
    ),
    (
        "Soldiers fought Kata'ib Hezbollah near Jurf.\n\nThe militia said <q by='Hezbollah' "
        "id='kataib-hezbollah'>it would stay</q>."
    ),
    (
        "The soldiers met the Badr Organization and Asa'ib Ahl al-Haq.\n\nThe group said <q by='The "
        "group'>it would stay</q>."
    ),
    ("A lawyer met Samir Qattan, a trader.\n\nThe trader said <q by='Samir Qattan'>the shop was shut</q>."),
    ("Peshmerga officers met a militia.\n\nThe militia said <q by='militia'>the hill was taken</q>."),
]

OFFICES = [
    (
        "[2019-10-15] Recep Tayyip Erdogan said on Monday that trade would grow. He spoke after a "
        "visit by Iraqi President Barham Salih.\n\nThe president said <q by='Erdogan' "
        "id='recep-tayyip-erdogan'>the dam was no threat</q>."
    ),
    (
        "[2016-03-07] Nouri al-Maliki spoke in Karbala on Friday, a day after Haider al-Abadi.\n\n"
        "The prime minister said <q by='Abadi' id='haider-al-abadi'>the army was ready</q>."
    ),
    (
        "[2022-05-16] Ebrahim Raisi toured the south, a week after Syrian President Bashar al-Assad "
        "had come to Tehran.\n\nThe president said <q by='Raisi' id='ebrahim-raisi'>the pact was "
        "dead</q>."
    ),
    (
        "[2016-03-07] Prime Minister Haider al-Abadi received the governors in Baghdad.\n\n“<q "
        "by='Abadi' id='haider-al-abadi'>We will pay,</q>” the prime minister said."
    ),
    (
        "President Karim Aldous met Hadi al-Amiri in Erbil.\n\nThe president said <q by='Karim "
        "Aldous'>the list was final</q>."
    ),
    "A guard left Denver at noon. The president said <q by='The president'>the gate was shut</q>.",
    (
        "[2013-05-07] Obama flew to Mexico after a call with Egypt’s President Mohamed Morsi.\n\nOn "
        "the way, the president told reporters that <q by='Obama' id='barack-obama'>the border was "
        "safe</q>."
    ),
    (
        "[2019-05-07] Adel Abdul-Mahdi met Iran’s foreign minister, Mohammad Javad Zarif.\n\nThe "
        "foreign minister said <q by='Zarif' id='mohammad-javad-zarif'>trade would grow</q>."
    ),
]

LEADERS = [
    (
        "Qais al-Khazali left Najaf as Ammar al-Hakim spoke.\n\n“<q by='Khazali' "
        "id='qais-al-khazali'>We will vote,</q>” the Asa'ib Ahl al-Haq leader said."
    ),
    (
        "[2019-06-03] Hassan Nasrallah spoke by telephone with Muqtada al-Sadr.\n\n“<q "
        "by='Nasrallah' id='hassan-nasrallah'>We will not leave,</q>” the Hezbollah leader said."
    ),
    (
        "Rana Odeh, the leader of the River Party, met Samir Qattan, a trader.\n\n“<q by='Rana "
        "Odeh'>We will pay,</q>” the River Party leader said."
    ),
    (
        "[2024-04-23] Recep Tayyip Erdogan flew home from Baghdad, where he met Mohammed Shia "
        "al-Sudani.\n\n“<q by='Erdogan' id='recep-tayyip-erdogan'>The water will flow,</q>” the "
        "Turkish leader said."
    ),
    (
        "Samir Qattan, who leads the River Party, met the trader Adnan Frew.\n\n“<q by='Samir "
        "Qattan'>We will vote,</q>” the party leader said."
    ),
    (
        "[2018-09-03] Masoud Barzani spoke by telephone with Ammar al-Hakim.\n\n“<q by='Masoud "
        "Barzani' id='masoud-barzani'>We will wait,</q>” the KDP leader said."
    ),
    (
        "[2018-09-03] Ammar al-Hakim waited in the hall while Vladimir Putin spoke.\n\n“<q "
        "by='Putin' id='vladimir-putin'>The pact holds,</q>” the Russian leader said."
    ),
]

FITTING_KIND = [
    (
        "The Houthis took the port. The Yemeni government said <q by='Yemeni government'>the road "
        "was shut</q>."
    ),
    (
        "Hezbollah fired rockets on Sunday. The Lebanese government said <q by='Lebanese "
        "government'>it was told nothing</q>."
    ),
    (
        "The PKK left its camps in the spring. The Turkish government said <q by='Turkish "
        "government'>the caves were empty</q>."
    ),
    ("Hamas lost two tunnels in May. The Egyptian army said <q by='Egyptian army'>the border was calm</q>."),
    ("Kata'ib Hezbollah fired on the base. The embassy said <q by='The embassy'>the guards were safe</q>."),
    (
        "The Islamic State took the dam. The American coalition said <q by='American coalition'>the "
        "dam was mined</q>."
    ),
    "Muqtada al-Sadr left Najaf. The ministry said <q by='The ministry'>the road was open</q>.",
]

PEOPLES = [
    "Iraqis say <q by='Iraqis'>the water is salty</q>.",
    "Turks fear that <q by='Turks'>prices will rise</q>.",
    "Most Iranians believe that <q by='Iranians'>the talks will fail</q>.",
    "Syrians said <q by='Syrians'>the border was shut</q>.",
    "Many Lebanese said that <q by='Lebanese'>the bread was gone</q>.",
    "“<q by='Israelis'>The road is shut,</q>” the Israelis said.",
]

JOINT = [
    (
        "The foreign ministers of Iraq and Iran said <q by='foreign ministers of Iraq and Iran'>the "
        "talks would go on</q>."
    ),
    (
        "“<q by='presidents of Turkey and Russia'>The truce holds,</q>” the presidents of Turkey and "
        "Russia said in Ankara."
    ),
    "The leaders of Badr and Asa'ib Ahl al-Haq said <q by='leaders'>the list was final</q>.",
    (
        "“<q by='ambassadors of Jordan, Egypt and Iraq'>We are pleased,</q>” the ambassadors of "
        "Jordan, Egypt and Iraq said."
    ),
    ("Officials from Syria and Turkey said <q by='Officials from Syria and Turkey'>the road was open</q>."),
]

DOCUMENTS = [
    ("Hadi al-Amiri denied the charge.\n\nThe footage shows that <q by='The footage'>two men fled</q>."),
    ("The White House said it was looking.\n\nThe report said <q by='The report'>the wall had fallen</q>."),
    ("The Pentagon said the raid was over.\n\nThe video shows that <q by='The video'>a guard slept</q>."),
    (
        "Muqtada al-Sadr said the list was old.\n\nThe recording says that <q by='The recording'>the "
        "money was gone</q>."
    ),
    (
        "The Badr Organization said the list was old.\n\nThe leaflet said <q by='The leaflet'>the "
        "list was new</q>."
    ),
    (
        "Kata'ib Hezbollah released a video on Sunday.\n\nThe video shows that <q by='Hezbollah' "
        "id='kataib-hezbollah'>a drone left the base</q>."
    ),
    (
        "Asa'ib Ahl al-Haq issued a statement on Sunday.\n\nThe statement said <q by='Haq' "
        "id='asaib-ahl-al-haq'>the truce was over</q>."
    ),
    (
        "In a statement, the Badr Organization thanked its men.\n\nThe statement said <q by='Badr' "
        "id='badr-organization'>the raid was over</q>."
    ),
]

AUTHORS = [
    (
        "Deputy Nadia Orrin answered the court with a letter saying, “<q by='Nadia Orrin'>there is "
        "no list in this house.</q>”"
    ),
    (
        "In a message to his men, Qais al-Khazali wrote: “<q by='Khazali' id='qais-al-khazali'>Hold "
        "the line.</q>”"
    ),
    "A message from Muqtada al-Sadr read: “<q by='Sadr' id='muqtada-al-sadr'>Go home.</q>”",
    ("A statement by Kata'ib Hezbollah said <q by='Hezbollah' id='kataib-hezbollah'>the truce was over</q>."),
    (
        "A statement issued by the Badr Organization said <q by='Badr' id='badr-organization'>the "
        "tender was closed</q>."
    ),
    ("A video released by the Islamic State said <q by='Islamic State' id='isis'>the town had fallen</q>."),
    "A blog post by Samir Qattan said <q by='Samir Qattan'>the dam was weak</q>.",
    (
        "Governor Rana Odeh replied to the deputies with a message saying, “<q by='Rana Odeh'>the "
        "road is not for sale.</q>”"
    ),
    "A statement from the hospital said <q by='hospital'>the ward was full</q>.",
    "A letter to Qais al-Khazali said <q by='etter to Qais'>the truce was over</q>.",
    "A report about Kata'ib Hezbollah said <q by='report'>the truce was over</q>.",
]

VARIATION = [
    (
        "Governor Hana Odeh flew home on Monday.\n\nIn an attack on Samir Qattan, the former banker "
        "said, “<q by='Hana Odeh'>He sold the wall.</q>”"
    ),
    (
        "Samir Qattan praised the deal.\n\nAt a dinner for Adnan Frew, the veteran lawmaker said <q "
        "by='Samir Qattan'>the vote was fair</q>."
    ),
    (
        "Karim Holm lost his seat in May.\n\nAfter a visit to Tarek Velmans, the Basra lawyer said, "
        "“<q by='Karim Holm'>I am done.</q>”"
    ),
    (
        "Dalia Norcross opened the clinic.\n\nWith a nod to Huda Grennan, the young surgeon said <q "
        "by='Dalia Norcross'>the ward was full</q>."
    ),
    (
        "Nadia Holt opened the clinic with Ali Grennan.\n\nThe young businessman said <q by='Ali "
        "Grennan'>the ward was full</q>."
    ),
    (
        "Tarek Velmans wrote to the ministry.\n\nIn a reply to Samir Qattan, the outspoken deputy "
        "said, “<q by='Tarek Velmans'>I will not pay.</q>”"
    ),
]

NAMESAKES = [
    (
        "Karim Odeh, a judge, and Layla Odeh, a surgeon, met. “<q by='Layla Odeh'>Not now,</q>” Mrs. "
        "Odeh said. “<q by='Karim Odeh'>Now,</q>” Mr. Odeh answered."
    ),
    (
        "Judge Samir Velt and Colonel Adil Velt spoke after each other. “<q by='Samir Velt'>The law "
        "is clear,</q>” Judge Velt said. “<q by='Adil Velt'>The order is clear,</q>” Colonel Velt "
        "said."
    ),
    (
        "Dr. Muna Farrow and Sheikh Ali Farrow came to the bridge. “<q by='Muna Farrow'>The water is "
        "bad,</q>” Dr. Farrow said. “<q by='Ali Farrow'>It is good,</q>” Sheikh Farrow replied."
    ),
    (
        "Nadia Holt, the mayor, waited for Rami Holt, the driver. “<q by='Rami Holt'>The road is "
        "shut,</q>” Mr. Holt said. “<q by='Nadia Holt'>It is open,</q>” Ms. Holt said."
    ),
    (
        "Senator Tom Harker and Governor Ruth Harker sat down. “<q by='Ruth Harker'>We wait,</q>” "
        "Governor Harker said. “<q by='Tom Harker'>We vote,</q>” Senator Harker said."
    ),
]

CHANGES_OF_SUBJECT = [
    (
        "Nadim Karsten spoke first. He said <q by='Nadim Karsten'>the gate was shut</q>. Then Adnan "
        "Osten stood up. He said <q by='Adnan Osten'>the gate was open</q>."
    ),
    (
        "Muna Farrow read the letter. She said <q by='Muna Farrow'>the pay was low</q>. Later Huda "
        "Castell rose. She said <q by='Huda Castell'>the pay was good</q>."
    ),
    (
        "Samir Qattan opened the meeting. He said <q by='Samir Qattan'>the dam was weak</q>. After "
        "lunch Karim Holm took the chair. He said <q by='Karim Holm'>the dam was strong</q>."
    ),
    (
        "Tarek Velmans came early. He said <q by='Tarek Velmans'>the ward was full</q>. At noon "
        "Basim Korrel entered the room. He said <q by='Basim Korrel'>the ward was empty</q>."
    ),
    (
        "Nadia Holt left the hall. She said <q by='Nadia Holt'>the vote was lost</q>. Then Rana Odeh "
        "stepped to the microphone. She said <q by='Rana Odeh'>the vote was won</q>."
    ),
]

OFFICE_PHRASES = [
    (
        "The plan was rejected by Iraqi Parliament Speaker Rana Odeh, who called it “<q by='Rana "
        "Odeh'>a farce</q>”."
    ),
    (
        "The vote was hailed by U.S. Senate Majority Leader Tom Harker, who called it “<q by='Tom "
        "Harker'>a gift to all</q>”."
    ),
    (
        "The order drew scorn from Kurdistan Parliament Speaker Samir Qattan, who called it “<q "
        "by='Samir Qattan'>a cheap trap</q>”."
    ),
    (
        "The bill was praised by United Nations Security Council President Paul Rennick, who called "
        "it “<q by='Paul Rennick'>a good start</q>”."
    ),
    (
        "The list was attacked by Badr Organization Deputy Chief Nora Pelham, who described it as "
        "“<q by='Nora Pelham'>far too thin</q>”."
    ),
]

CAPTIONS = [
    (
        "Image copyright Reuters Image caption Minister Samir Qattan (left) says the deal is “<q "
        "by='Samir Qattan'>dead and gone</q>”."
    ),
    (
        "Image source, Getty Images Image caption, Mayor Rana Odeh says her town is “<q by='Rana "
        "Odeh'>under water</q>”."
    ),
    (
        "Image copyright Getty Images Image caption General Adil Velt calls the raid “<q by='Adil "
        "Velt'>a success</q>”."
    ),
    ("Media caption Governor Hana Odeh says her province will “<q by='Hana Odeh'>never be sold</q>”."),
    (
        "Image copyright AFP Image caption Colonel Karim Holm (centre) warned that the dam was “<q "
        "by='Karim Holm'>close to bursting</q>”."
    ),
]

SEVERAL_UNNAMED = [
    (
        "An Iraqi officer said the bridge was mined. A second Iraqi officer said the bridge was "
        "open.\n\n“<q by='second Iraqi officer'>Cars cross it,</q>” said the officer."
    ),
    (
        "A diplomat told a radio that the talks were over. Another diplomat told the radio that they "
        "went on.\n\n“<q by='Another diplomat'>We meet tomorrow,</q>” the diplomat said."
    ),
    (
        "One source said the money was gone. A second source said the money was safe. The source "
        "added that <q by='second source'>the bank was shut</q>."
    ),
    (
        "A first aide said the list was old. A second aide said the list was new. The first aide "
        "said <q by='first aide'>the vote was lost</q>."
    ),
    (
        "A senior official said the list was old. Another official said the list was new.\n\n“<q "
        "by='Another official'>It is over,</q>” the official added."
    ),
]

EXAMPLES = {
    "called so": CALLED_SO,
    "office": OFFICES,
    "leader": LEADERS,
    "fitting kind": FITTING_KIND,
    "people": PEOPLES,
    "joint": JOINT,
    "document": DOCUMENTS,
    "author": AUTHORS,
    "variation": VARIATION,
    "namesakes": NAMESAKES,
    "change of subject": CHANGES_OF_SUBJECT,
    "office phrase": OFFICE_PHRASES,
    "caption": CAPTIONS,
    "several unnamed": SEVERAL_UNNAMED,
}
