'use client';

import { useEffect, useRef } from 'react';
import { Badge, type Tone } from '#components/ui/badge.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { fill } from '#lib/copy/language.ts';
import type { VerifyWords } from '#lib/copy/verify-page.ts';
import type { Check, CheckId } from '#lib/evidence/verify/checks.ts';
import type { Verdict } from '#lib/evidence/verify/verdict.ts';
import type { Verification } from '#lib/evidence/verify/verify-dossier.ts';

type Props = { words: VerifyWords; file: string; verification: Verification };

/** The verdict, then each check with what was found and whom one has to trust for it. Takes the focus, so that it is read out. */
export function DossierResult({ words, file, verification: { verdict, checks } }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each result is news, also one that says the same.
  useEffect(() => heading.current?.focus(), [checks]);
  const { title, text } = words.verdicts[verdict];
  return (
    <section className="mt-6" aria-labelledby="verdict">
      <h2 id="verdict" ref={heading} tabIndex={-1} className="[overflow-wrap:anywhere]">
        {fill(words.resultOf, { file })}
      </h2>
      <Notice tone={verdictTones[verdict]} title={title} className="mt-3">
        <p data-verdict={verdict}>{text}</p>
      </Notice>
      <h3 className="mt-6 font-semibold text-lg">{words.checksTitle}</h3>
      <ol className="mt-3 space-y-3">
        {checks.map((check) => (
          <CheckRow key={check.id} words={words} check={check} />
        ))}
      </ol>
      <p className="mt-6 font-semibold">{words.notProved}</p>
    </section>
  );
}

function CheckRow({ words, check: { id, result, detail } }: { words: VerifyWords; check: Check }) {
  return (
    <li className="border-line border-b pb-3" data-check={id} data-result={result}>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Badge tone={resultTones[result]}>{words.results[result]}</Badge>
        <span>{words.claims[id]}</span>
      </p>
      {detail !== undefined && (
        <p lang="en" className="mt-1 font-mono text-sm [overflow-wrap:anywhere]">
          {detail}
        </p>
      )}
      <p className="mt-1 text-ink-soft text-sm">
        {words.trustedFor}: {words.trust[trustedFor[id] ?? 'nobody']}.
      </p>
    </li>
  );
}

const verdictTones: Record<Verdict, Exclude<Tone, 'neutral'>> = {
  VALID: 'success',
  VALID_INTERIM: 'info',
  TAMPERED: 'danger',
  INVALID: 'danger',
  INCOMPLETE: 'warning',
  INPUT_ERROR: 'danger',
};

const resultTones: Record<Check['result'], Tone> = {
  ok: 'success',
  failed: 'danger',
  missing: 'warning',
  skipped: 'neutral',
};

const trustedFor: Partial<Record<CheckId, keyof VerifyWords['trust']>> = {
  log: 'log',
  seal: 'seal',
  receipt: 'seal',
  time: 'time',
  witness: 'witness',
};
