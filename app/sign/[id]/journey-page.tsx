import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { RefusedPage } from '#components/signing/refused-page.tsx';
import { Document } from '#components/ui/document.tsx';
import type { SignerPage } from '#lib/domain/journey.ts';
import { answerOrAway, setNoStore, setStatus } from '#lib/http/page-answer.ts';
import { pageLanguage } from '#lib/http/page-language.ts';
import { answerSeeOther } from '#lib/http/page-redirect.ts';
import { requestFacts } from '#lib/http/peer.ts';
import { refusalWords } from '#lib/http/refusal-words.ts';
import { signerCookieOf } from '#lib/http/signer-cookie.ts';
import { paths } from '#lib/paths.ts';
import type { ClosedView, JourneyAnswer, JourneyView } from '#lib/usecases/signer/journey-view.ts';
import { readJourney } from '#lib/usecases/signer/read-journey.ts';
import { readSigner } from '#lib/usecases/signer/signer-cookie.ts';

export type JourneyPageProps = { params: Promise<{ id: string }> };

/** What a page shows while the session is open, and once it has come to its end. */
type Screens = { open?: (view: JourneyView) => ReactNode; closed?: (view: ClosedView) => ReactNode };

/**
 * The door of every page of the journey: reads the session once for the browser that holds its cookie, and shows the screen, leads to the
 * page that the state allows, or says why it shows nothing (401 alike for known and unknown ids).
 */
export async function journeyPage(
  { params }: JourneyPageProps,
  page: SignerPage,
  screens: Screens,
): Promise<ReactNode> {
  // Rendered for each request: scripts carry its nonce, and the answer its status.
  await connection();
  const { id } = await params;
  setNoStore();
  const read = await answerOrAway(async (program): Promise<JourneyAnswer> => {
    const signer = readSigner(program, id, signerCookieOf(id, program.portalUrl), requestFacts());
    return signer ? readJourney(program, signer, page) : { kind: 'unknown' };
  });
  if (read.isAway) return refused('temporarily_unavailable');
  const { answer } = read;
  if (answer.kind === 'open' && screens.open) return screens.open(answer.view);
  if (answer.kind === 'closed' && screens.closed) return screens.closed(answer.view);
  if (answer.kind === 'elsewhere') return seeOther(paths.sign(id, answer.page));
  setStatus(401);
  return refused('unauthorized');
}

/** Browsers follow the header; the link is for whatever does not. */
function seeOther(path: string): ReactNode {
  answerSeeOther(path);
  return (
    <Document lang={pageLanguage()}>
      <a href={path}>{path}</a>
    </Document>
  );
}

function refused(kind: 'unauthorized' | 'temporarily_unavailable'): ReactNode {
  const language = pageLanguage();
  return <RefusedPage language={language} words={refusalWords[language][kind]} />;
}
