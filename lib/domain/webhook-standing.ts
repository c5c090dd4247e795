/** Why an endpoint was switched off. */
export type DisabledReason = 'by_person' | 'gone' | 'failing';

/** What is kept of an endpoint's life; `failingSince`: nothing but failures since then. */
export type EndpointLife = {
  createdAt: Date;
  failingSince?: Date;
  disabledAt?: Date;
  disabledReason?: DisabledReason;
};

/** `failing` is still called; `by_person`, `gone` and `failed` (nothing but failures for days) are switched off. */
export type EndpointState = 'active' | 'failing' | 'by_person' | 'gone' | 'failed';

export type EndpointStanding = { state: EndpointState; since: Date };

/** How an endpoint stands, and since when: for tables, commands and the doctor alike. */
export function endpointStanding({
  createdAt,
  failingSince,
  disabledAt,
  disabledReason,
}: EndpointLife): EndpointStanding {
  if (disabledAt && disabledReason)
    return { state: disabledReason === 'failing' ? 'failed' : disabledReason, since: disabledAt };
  return failingSince ? { state: 'failing', since: failingSince } : { state: 'active', since: createdAt };
}
