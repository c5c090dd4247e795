import type { KeyFileChange } from '#lib/vault/key-file-changes.ts';
import { CommandFailure } from './command.ts';

/** Ends the command with a sentence when the key file was not changed; `id` is the key that was meant. */
export function refuseUnchanged(keysFile: string, id: string, change: KeyFileChange): void {
  if (!change.ok) throw new CommandFailure(`${refusalOf(keysFile, id, change)} Nothing was changed.`);
}

function refusalOf(keysFile: string, id: string, change: Extract<KeyFileChange, { ok: false }>): string {
  switch (change.code) {
    case 'change_under_way':
      return `Another command is changing the key file, or was cut off while it did. If none runs, delete ${change.draft} and try again.`;
    case 'unknown_key':
      return `The key file ${keysFile} has no wrapping key ${id}.`;
    case 'current_key':
      return `${id} is the key that new sessions use. Change it first: npm run aceite -- keys rotate`;
    case 'replaced_lately':
      return `Answers to repeated requests may still need ${id}. It can be removed from ${change.removableAt.toISOString()} on.`;
    case 'key_in_use':
      return `${change.sessions} sessions need ${id}. Wrap them anew first: npm run aceite -- keys rewrap`;
  }
}
