-- The view `statements`: one row per statement, with whatever else an analyst would have to join.
--
-- A statement is an utterance: the pieces of `quotes` with one `group_id`. Repetitions (`duplicate_of`: pull
-- quotes, the same words in an earlier article of the story) count once, and scare quotes are none.
-- It needs the tables actors, articles, entities and quotes, nothing else: any DuckDB can run it.

WITH told AS (
    -- An id with a # means somebody whom one article describes, such as `2021/a#us-official`: nobody known.
    SELECT
        *,
        [coalesce(speaker_entity_id, CASE WHEN NOT contains(speaker_name_id, '#') THEN speaker_name_id END)]
            AS first_speaker
    FROM quotes
    WHERE duplicate_of IS NULL
),

-- The piece that knows best who speaks comes first. Joint speakers stand in `speaker_entity_ids`, which
-- publications of earlier versions do not have.
pieces AS (
    SELECT
        *,
        flatten([*COLUMNS(lambda name: name IN ('speaker_entity_ids', 'first_speaker'))]) AS all_speakers,
        row_number() OVER (
            PARTITION BY group_id ORDER BY speaker_entity_id IS NULL, speaker_name IS NULL, start_char
        ) AS place
    FROM told
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
        arg_min(sentence, start_char) AS sentence
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

-- Whom the lexicon counts to a faction, now or once: as ids, or as records that have an `entity_id`.
terms AS (
    SELECT to_json(entity_id) AS member, to_json(unnest(part_of)) AS body FROM actors
    UNION
    SELECT to_json(unnest(leaders)), to_json(entity_id) FROM actors
),

memberships AS (
    SELECT coalesce(member ->> 'entity_id', member ->> '$') AS member, entity_id AS body
    FROM terms JOIN actors ON entity_id = coalesce(body ->> 'entity_id', body ->> '$')
    WHERE kind NOT IN ('person', 'government_body', 'state_security_force')
),

-- All ids, in the order of the pieces and in that of their lists.
ids AS (
    SELECT group_id, 'speaker' AS what, unnest(all_speakers) AS id, place,
        generate_subscripts(all_speakers, 1) AS nth
    FROM pieces
    UNION ALL
    SELECT group_id, 'affiliation', unnest(affiliation), place, generate_subscripts(affiliation, 1) FROM pieces
    UNION ALL
    SELECT group_id, 'about', unnest(about), place, generate_subscripts(about, 1) FROM pieces
),

-- A body speaks for itself, and everybody for whom the article says.
relations AS (
    SELECT group_id, what, id, (0, place, nth) AS rank FROM ids WHERE id IS NOT NULL
    UNION ALL
    SELECT group_id, 'behalf', id, (0, place, nth)
    FROM ids
    WHERE what = 'speaker' AND id IN (SELECT entity_id FROM actors WHERE kind <> 'person')
    UNION ALL
    SELECT group_id, 'behalf', id, (1, place, nth) FROM ids WHERE what = 'affiliation'
    UNION ALL
    SELECT group_id, 'member of', body, (0, place, nth)
    FROM ids JOIN memberships ON member = id
    WHERE what = 'speaker' AND id IN (SELECT entity_id FROM actors WHERE kind = 'person')
),

names AS (
    SELECT entity_id AS id, name FROM actors
    UNION ALL
    SELECT coalesce(entity_id, name_id) AS id, min(entity_name) AS name
    FROM entities
    WHERE entity_name IS NOT NULL AND coalesce(entity_id, name_id) NOT IN (SELECT entity_id FROM actors)
    GROUP BY ALL
),

-- Each id once, where it first stands, with its name; an id that has none stands for itself.
each AS (
    SELECT group_id, what, id, coalesce(name, id) AS name, rank
    FROM (SELECT group_id, what, id, min(rank) AS rank FROM relations GROUP BY ALL) LEFT JOIN names USING (id)
),

lists AS (
    SELECT
        group_id,
        list(id ORDER BY rank, id) FILTER (WHERE what = 'speaker') AS speaker_ids,
        list(id ORDER BY rank, id) FILTER (WHERE what = 'affiliation') AS affiliation,
        list(name ORDER BY rank, id) FILTER (WHERE what = 'affiliation') AS affiliation_names,
        list(id ORDER BY rank, id) FILTER (WHERE what = 'behalf') AS behalf,
        list(name ORDER BY rank, id) FILTER (WHERE what = 'behalf') AS behalf_names,
        list(id ORDER BY rank, id) FILTER (WHERE what = 'member of') AS member_of,
        list(name ORDER BY rank, id) FILTER (WHERE what = 'member of') AS member_of_names,
        list(id ORDER BY rank, id) FILTER (WHERE what = 'about') AS about,
        list(name ORDER BY rank, id) FILTER (WHERE what = 'about') AS about_names
    FROM each
    GROUP BY group_id
)

SELECT
    utterances.statement_id,
    lead.article_id,
    utterances.start_char,
    utterances.end_char,
    coalesce(lead.speaker_name, lead.speaker_text) AS speaker,
    lists.speaker_ids[1] AS speaker_id,
    coalesce(lists.speaker_ids, []) AS speaker_ids,
    lead.speaker_text,
    lists.affiliation,
    lists.affiliation_names,
    coalesce(lists.behalf, []) AS behalf,
    coalesce(lists.behalf_names, []) AS behalf_names,
    coalesce(lists.member_of, []) AS member_of,
    coalesce(lists.member_of_names, []) AS member_of_names,
    lead.act,
    lead.polarity,
    qualities.type,
    utterances.words,
    coalesce(lists.about, []) AS about,
    coalesce(lists.about_names, []) AS about_names,
    lead.addressee,
    lead.addressee_id,
    lead.medium,
    lead.anonymous,
    lead.said_on_earliest AS said_on,
    lead.said_on_latest,
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
JOIN pieces AS lead ON lead.group_id = utterances.group_id AND lead.place = 1
JOIN articles ON articles.article_id = lead.article_id
LEFT JOIN lists ON lists.group_id = utterances.group_id
ORDER BY lead.article_id, utterances.start_char
