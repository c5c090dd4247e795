import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import { parseReceiptCode } from '#lib/domain/receipt-code.ts';
import { paths } from '#lib/paths.ts';
import { dossiersPage } from './dossiers-page.tsx';

type VerifyPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Anybody may check a dossier here, or look a receipt up. */
export default async function VerifyPage({ searchParams }: VerifyPageProps) {
  await connection();
  const { code } = await searchParams;
  // Asks for nothing itself: the page that it leads to takes the token.
  if (typeof code === 'string' && code.trim() !== '') redirect(paths.verify(addressOf(code)));
  return dossiersPage();
}

/** The code as it is stored, so that the address can be read; what is none is looked for as it was typed, and not found. */
function addressOf(typed: string): string {
  const code = parseReceiptCode(typed);
  return code.ok ? code.value : encodeURIComponent(typed.trim());
}
