-- What a signer says against a contract after signing it (`withdrawal_requested`, `disputed`) is an event like any other, but one that must not
-- pile up: a page that is sent twice, or two at once, says it once.
--
-- What must stay true: one event of each type from each side, the browser that accepted and the other holders of the link.
-- Undo: drop the index.

CREATE UNIQUE INDEX one_objection_of_each_side ON events (session_id, type, (data ->> 'from')) NULLS NOT DISTINCT
  WHERE type IN ('withdrawal_requested', 'disputed');
