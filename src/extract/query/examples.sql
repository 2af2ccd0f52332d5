-- Who speaks most?
SELECT speaker, count(*) AS statements, count(DISTINCT story_id) AS stories
FROM statements
WHERE speaker_id IS NOT NULL
GROUP BY ALL
ORDER BY statements DESC, speaker
LIMIT 10;

-- What did Kata'ib Hezbollah and its people say, and about whom?
SELECT day, speaker, about_names, words
FROM statements
WHERE list_contains(behalf, 'kataib-hezbollah') OR list_contains(member_of, 'kataib-hezbollah')
ORDER BY day;

-- Which factions and bodies are spoken for, month by month?
SELECT date_trunc('month', day) AS month, body, count(*) AS statements
FROM (SELECT day, unnest(behalf_names) AS body FROM statements)
GROUP BY ALL
ORDER BY month, statements DESC, body;

-- Who speaks about whom?
SELECT speaker, about, count(*) AS statements
FROM (SELECT speaker, unnest(about_names) AS about FROM statements)
WHERE speaker IS NOT NULL
GROUP BY ALL
ORDER BY statements DESC, speaker, about
LIMIT 20;

-- Who demanded, promised or threatened what?
SELECT day, speaker, addressee, words
FROM statements
WHERE act = 'demand'
ORDER BY day;

-- Which names are not linked, and how often do they occur?
SELECT entity_name, label, count(*) AS mentions
FROM entities
WHERE entity_id IS NULL AND entity_name IS NOT NULL
GROUP BY ALL
ORDER BY mentions DESC, entity_name
LIMIT 20;

-- Which days do the articles name?
SELECT earliest AS day, count(*) AS expressions, list(DISTINCT article_id ORDER BY article_id) AS articles
FROM dates
WHERE earliest = latest
GROUP BY ALL
ORDER BY day;
