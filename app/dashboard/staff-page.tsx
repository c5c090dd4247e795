import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { RefusedPage } from '#components/signing/refused-page.tsx';
import { enterStaffPage, type StaffPage } from '#lib/auth/staff-door.ts';
import { isDatabaseAway } from '#lib/http/faults.ts';
import { setStatus } from '#lib/http/page-answer.ts';
import { staffLanguage } from '#lib/http/page-language.ts';
import { refusalWords } from '#lib/http/refusal-words.ts';

/** Shows a page to whoever is signed in; while the database is away, a 503 that says so. */
export async function staffPage(show: (page: StaffPage) => Promise<ReactNode>): Promise<ReactNode> {
  await connection();
  try {
    return await show(await enterStaffPage());
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    setStatus(503);
    const language = staffLanguage();
    return <RefusedPage language={language} words={refusalWords[language].temporarily_unavailable} />;
  }
}
