-- The view `statements`: one row per statement, with whatever else an analyst would have to join.
--
-- A statement is an utterance: the pieces of `quotes` with one `group_id`. Repetitions (`duplicate_of`: pull
-- quotes, the same words in an earlier article of the story) count once, and scare quotes are none.
-- It needs the tables actors, articles, entities and quotes, nothing else: any DuckDB can run it.

WITH told AS (
    SELECT *, [coalesce(speaker_entity_id, speaker_name_id)] AS first_speaker
    FROM quotes
    WHERE duplicate_of IS NULL
),

-- Joint speakers stand in `speaker_entity_ids`, which publications of earlier versions do not have.
speakers AS (
    SELECT *, flatten([*COLUMNS(lambda name: name IN ('speaker_entity_ids', 'first_speaker'))]) AS all_speakers
    FROM told
),

pieces AS (
    SELECT
        *,
        list_filter(all_speakers, lambda id, place: id IS NOT NULL AND list_position(all_speakers, id) = place)
            AS speaker_ids
    FROM speakers
),

-- Words in marks inside reported words are a piece of their own, and must not be told twice.
outer_pieces AS (
    SELECT * FROM pieces AS piece
    WHERE NOT EXISTS (
        SELECT 1 FROM pieces AS other
        WHERE other.group_id = piece.group_id
            AND other.start_char <= piece.start_char AND piece.end_char <= other.end_char
            AND (other.end_char - other.start_char, other.quote_id)
                > (piece.end_char - piece.start_char, piece.quote_id)
    )
),

utterances AS (
    SELECT
        group_id,
        arg_min(quote_id, start_char) AS statement_id,
        min(start_char) AS start_char,
        max(end_char) AS end_char,
        string_agg(trim(regexp_replace(text, '\s+', ' ', 'g')), ' […] ' ORDER BY start_char) AS words,
        arg_min(sentence, start_char) AS sentence,
        flatten(list(about ORDER BY start_char)) AS about
    FROM outer_pieces
    GROUP BY group_id
),

-- The type of a statement is the plainest of its pieces'; its confidence the lowest, of border and speaker.
qualities AS (
    SELECT
        group_id,
        arg_min(type, list_position(['direct', 'mixed', 'tweet', 'pull', 'indirect', 'scare'], type)) AS type,
        min(least(confidence, coalesce(speaker_confidence, confidence))) AS confidence
    FROM pieces
    GROUP BY group_id
    HAVING bool_or(type <> 'scare')
),

-- The piece that knows best who speaks tells it for all of them.
leads AS (
    SELECT * FROM pieces
    QUALIFY row_number() OVER (
        PARTITION BY group_id ORDER BY speaker_entity_id IS NULL, speaker_name IS NULL, start_char
    ) = 1
),

-- As ids, or as records that have an `entity_id`.
terms AS (
    SELECT to_json(entity_id) AS member, to_json(unnest(part_of)) AS body FROM actors
    UNION
    SELECT to_json(unnest(leaders)) AS member, to_json(entity_id) AS body FROM actors
),

memberships AS (
    SELECT coalesce(member ->> 'entity_id', member ->> '$') AS member, coalesce(body ->> 'entity_id', body ->> '$') AS body
    FROM terms
),

-- On whose behalf, the surest answer alone: the speaker is a body itself; the article states it; the speaker
-- belongs to a faction or leads it, now or in the past.
behalves AS (
    SELECT * FROM (
        SELECT group_id, unnest(speaker_ids) AS id, 1 AS place, 'self' AS told_by FROM leads
        UNION ALL
        SELECT group_id, unnest(affiliation) AS id, 2 AS place, 'stated' AS told_by FROM leads
        UNION ALL
        SELECT group_id, body AS id, 3 AS place, 'member' AS told_by
        FROM (SELECT group_id, unnest(speaker_ids) AS member FROM leads) JOIN memberships USING (member)
        WHERE body IN (
            SELECT entity_id FROM actors
            WHERE kind NOT IN ('person', 'government_body', 'state_security_force')
        )
    )
    WHERE place > 1 OR id IN (SELECT entity_id FROM actors WHERE kind <> 'person')
    QUALIFY place = min(place) OVER (PARTITION BY group_id)
),

behalf_lists AS (
    SELECT group_id, list(DISTINCT id ORDER BY id) AS behalf, any_value(told_by) AS behalf_by
    FROM behalves
    GROUP BY group_id
),

names AS (
    SELECT entity_id AS id, name FROM actors
    UNION ALL
    SELECT coalesce(entity_id, name_id) AS id, min(entity_name) AS name
    FROM entities
    WHERE entity_name IS NOT NULL AND coalesce(entity_id, name_id) NOT IN (SELECT entity_id FROM actors)
    GROUP BY ALL
),

ids AS (
    SELECT group_id, 'about' AS what, unnest(about) AS id, generate_subscripts(about, 1) AS place
    FROM utterances
    UNION ALL
    SELECT group_id, 'affiliation', unnest(affiliation), generate_subscripts(affiliation, 1) FROM leads
    UNION ALL
    SELECT group_id, 'behalf', unnest(behalf), generate_subscripts(behalf, 1) FROM behalf_lists
),

-- Each id once, where it first stands, with its name; an id that has none stands for itself.
lists AS (
    SELECT
        group_id,
        list(id ORDER BY first_place) FILTER (WHERE what = 'about') AS about,
        list(coalesce(name, id) ORDER BY first_place) FILTER (WHERE what = 'about') AS about_names,
        list(coalesce(name, id) ORDER BY first_place) FILTER (WHERE what = 'affiliation') AS affiliation_names,
        list(coalesce(name, id) ORDER BY first_place) FILTER (WHERE what = 'behalf') AS behalf_names
    FROM (SELECT group_id, what, id, min(place) AS first_place FROM ids GROUP BY ALL) LEFT JOIN names USING (id)
    GROUP BY group_id
)

SELECT
    utterances.statement_id,
    leads.article_id,
    utterances.start_char,
    utterances.end_char,
    coalesce(leads.speaker_name, leads.speaker_text) AS speaker,
    leads.speaker_ids[1] AS speaker_id,
    leads.speaker_ids,
    leads.speaker_text,
    leads.affiliation,
    lists.affiliation_names,
    coalesce(behalf_lists.behalf, []) AS behalf,
    coalesce(lists.behalf_names, []) AS behalf_names,
    behalf_lists.behalf_by,
    leads.act,
    leads.polarity,
    qualities.type,
    utterances.words,
    coalesce(lists.about, []) AS about,
    coalesce(lists.about_names, []) AS about_names,
    leads.addressee,
    leads.addressee_id,
    leads.medium,
    leads.anonymous,
    leads.said_on_earliest AS said_on,
    leads.said_on_latest,
    -- Not `::DATE`, which takes the day in the time zone of the computer.
    CAST(articles.published_at AT TIME ZONE 'UTC' AS DATE) AS published,
    coalesce(said_on, published) AS day,
    articles.outlet,
    articles.title,
    articles.url,
    articles.story_id,
    utterances.sentence,
    qualities.confidence
FROM utterances
JOIN qualities USING (group_id)
JOIN leads USING (group_id)
JOIN articles ON articles.article_id = leads.article_id
LEFT JOIN behalf_lists USING (group_id)
LEFT JOIN lists USING (group_id)
ORDER BY leads.article_id, utterances.start_char
