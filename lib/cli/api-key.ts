import { overlapHours } from '#lib/domain/overlap.ts';
import { apiScopes } from '#lib/domain/roles.ts';
import { listKeys, revokeKey } from './api-key-kept.ts';
import { createKey, rotateKey } from './api-key-made.ts';
import type { Command } from './command.ts';
import { overlapLimits } from './duration.ts';
import { runSubcommand } from './subcommand.ts';

export const command: Command = {
  name: 'api-key',
  summary: "create, list, rotate and revoke the keys of a merchant's back end",
  usage: `Usage: npm run aceite -- api-key create [--workspace <name or id>] [options]
       npm run aceite -- api-key list [--workspace <name or id>]
       npm run aceite -- api-key rotate <id> [--overlap <duration>] [--expires <instant>]
       npm run aceite -- api-key revoke <id>

A key is shown once, at its making: the portal keeps only its SHA-256 and its last four characters. Rotating makes a second key with the
same rights and lets the old one end after the overlap; there are never more than these two.

  --workspace <name or id>   may be left out when there is only one
  --name <name>              to recognise it by; "API key" when left out
  --scope <scope>            repeatable; ${apiScopes.join(', ')}; all of them when left out
  --return-origin <origin>   repeatable; an origin that returnUrl may have, such as https://loja.example. Without any, sessions
                             of this key take no returnUrl. In sandbox mode also http of a loopback host, and "*" for any
                             https origin and any loopback host
  --allow-ip <address>       repeatable; an address or a range (203.0.113.7, 198.51.100.0/24, 2001:db8::/32) from which the key may
                             be used. From anywhere when left out
  --expires <instant>        when the key ends by itself, such as 2027-06-30T23:59:59-03:00. When left out a new key does not end, and
                             a rotated one ends when the old one would have
  --overlap <duration>       how long the old key goes on: ${overlapLimits(overlapHours.apiKey)}
  --json                     print JSON

Example: npm run aceite -- api-key create --workspace "Loja" --scope sessions:write --return-origin https://loja.example
`,
  run: async (args, io) =>
    runSubcommand('api-key', { create: createKey, list: listKeys, rotate: rotateKey, revoke: revokeKey }, args, io),
};
