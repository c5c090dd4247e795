import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import NotFound from '#app/not-found.tsx';
import { setStatus } from '#lib/http/page-answer.ts';
import { portalAddress } from '#lib/http/portal-address.ts';
import { sandboxFile } from '#lib/http/sandbox-file.ts';
import { paths } from '#lib/paths.ts';
import { DocsShell } from '../../docs-shell.tsx';
import { FirstSession } from '../first-session.tsx';
import { GoingLive } from '../going-live.tsx';
import { type GuideProps, type GuideTopic, guideTopics, isGuideTopic } from '../guide-topics.ts';
import { Testing } from '../testing.tsx';
import { Webhooks } from '../webhooks.tsx';

type Props = { params: Promise<{ topic: string }> };

const guides: Record<GuideTopic, (props: GuideProps) => ReactNode> = {
  'first-session': FirstSession,
  webhooks: Webhooks,
  testing: Testing,
  'going-live': GoingLive,
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic } = await params;
  return { title: isGuideTopic(topic) ? `${guideTopics[topic]} · Aceite` : 'Aceite' };
}

/** One guide for developers, made on the portal that it speaks of. */
export default async function GuidePage({ params }: Props) {
  await connection();
  const { topic } = await params;
  if (!isGuideTopic(topic)) {
    // Next's own notFound() would leave the page to a script.
    setStatus(404);
    return <NotFound />;
  }
  const Guide = guides[topic];
  return (
    <DocsShell at={paths.docsGuide(topic)} width="reading">
      <article className="space-y-4">
        <h1>{guideTopics[topic]}</h1>
        <Guide portalUrl={portalAddress('')} sandboxFile={sandboxFile()} />
      </article>
    </DocsShell>
  );
}
