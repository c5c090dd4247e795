import { z } from 'zod';

/** What the web saw of the doctor's question, as JSON in a text, and the mark under that text. */
export const probeAnswer = z.object({ said: z.string(), mark: z.string() });

export const seenAddress = z.object({
  ip: z.string().optional(),
  trust: z.enum(['direct', 'trusted_proxy', 'untrusted']),
  sourcePort: z.number().optional(),
  /** Who held the other end of the socket. */
  socketPeer: z.string(),
  socketPort: z.number().optional(),
  /** The forwarding headers as they came, one a line. */
  rawForwarded: z.string().optional(),
});
export type SeenAddress = z.output<typeof seenAddress>;
