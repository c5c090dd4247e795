/** Of one workspace, in use. More receivers than a shop has; every event is written and sent once for each. */
export const endpointsMax = 20;

/** Attempts to one endpoint at once, by all workers together; one that fails is given a single one. */
export const attemptsAtOnce = 4;

/** Name resolved, connected, sent and answered: an attempt that takes longer has failed. Standard Webhooks advises 15 to 30 seconds. */
export const attemptSecondsMax = 15;

/**
 * And to all endpoints of one workspace: room for each that it may have, so that no receiver that hangs takes another's. What was switched off
 * while it hung counts until its lease ends, so that making endpoints anew gets nobody more.
 */
export const workspaceAttemptsAtOnce = endpointsMax * attemptsAtOnce;
