/** The first digit of an answer's status, as far as the API uses it. */
export const statusClasses = [2, 4, 5] as const;
export type StatusClass = (typeof statusClasses)[number];
