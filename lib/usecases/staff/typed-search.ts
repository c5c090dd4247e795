import type { StaffActor, UseCaseContext } from '../context.ts';

/** A search as an address carries it: in the clear, as another system may link to it, or sealed, as our own form does. */
export type AddressedSearch = { q?: string | undefined; search?: string | undefined };

/** Longer than any key that anybody searches by. */
const charactersMax = 200;

/** What was typed, as it may stand in an address: people search by CPF, and addresses stay in histories and logs. */
export function sealTypedSearch({ keys }: UseCaseContext, { workspaceId }: StaffActor, typed: string): string {
  return keys.sealSearch(workspaceId, cut(typed));
}

/** What is searched by; empty when nothing is, or when the sealed words are not of this workspace. */
export function typedSearch(
  { keys }: UseCaseContext,
  { workspaceId }: StaffActor,
  { q, search }: AddressedSearch,
): string {
  if (search !== undefined) return keys.openSearch(workspaceId, search) ?? '';
  return cut(q ?? '');
}

function cut(typed: string): string {
  return typed.trim().toWellFormed().slice(0, charactersMax).toWellFormed();
}
