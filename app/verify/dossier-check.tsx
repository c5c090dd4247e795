'use client';

import { type ChangeEvent, type DragEvent, useId, useState, useSyncExternalStore } from 'react';
import { Notice } from '#components/ui/notice.tsx';
import type { VerifyWords } from '#lib/copy/verify-page.ts';
import { archiveBytesMax } from '#lib/evidence/verify/limits.ts';
import type { Verification } from '#lib/evidence/verify/verify-dossier.ts';
import { DossierResult } from './dossier-result.tsx';

type Props = {
  words: VerifyWords;
  /** The trust file of this installation, as text. */
  trust: string;
};

type Shown =
  | { kind: 'nothing' | 'checking' | 'cannot' | 'too_large' }
  | { kind: 'result'; file: string; verification: Verification };

/** Takes a file, chosen or dropped, and checks it with the verifier, which is loaded then. Until scripts run, it says what to do without. */
export function DossierCheck({ words, trust }: Props) {
  const [shown, setShown] = useState<Shown>({ kind: 'nothing' });
  const [isOver, setIsOver] = useState(false);
  const isScripted = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  const id = useId();
  if (!isScripted) return <p className="mt-6">{words.withoutScript}</p>;
  const check = async (file: File | undefined | null) => {
    if (!file) return;
    // The verifier refuses it too; reading it first would only fill the memory.
    if (file.size > archiveBytesMax) return setShown({ kind: 'too_large' });
    setShown({ kind: 'checking' });
    setShown(await resultOf(file, trust));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void check(event.dataTransfer.files.item(0));
  };
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const file = currentTarget.files?.item(0);
    // The same file may be chosen again after it was changed.
    void check(file).finally(() => {
      currentTarget.value = '';
    });
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the field inside does for everybody. */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        className={`mt-6 rounded-lg border-2 border-dashed p-5 ${isOver ? 'border-accent bg-accent-wash' : 'border-control bg-surface'}`}
      >
        <label htmlFor={id} className="block font-semibold">
          {words.choose}
        </label>
        <input
          id={id}
          type="file"
          accept=".zip,application/zip"
          onChange={choose}
          className="mt-2 block min-h-11 w-full file:me-3 file:min-h-11 file:rounded-lg file:border file:border-control file:bg-surface file:px-4 file:font-semibold"
        />
        <p className="mt-2 text-ink-soft text-sm">{words.drop}</p>
      </div>
      <div role="status" className="mt-6">
        {shown.kind === 'checking' && <p>{words.checking}</p>}
        {shown.kind === 'cannot' && <Notice tone="warning">{words.cannot}</Notice>}
        {shown.kind === 'too_large' && <Notice tone="danger">{words.tooLarge}</Notice>}
      </div>
      {shown.kind === 'result' && <DossierResult words={words} file={shown.file} verification={shown.verification} />}
    </>
  );
}

const neverChanges = () => () => {};

async function resultOf(file: File, trust: string): Promise<Shown> {
  const [{ verifyDossier }, { verifyTimeStamp }, bytes, isAble] = await Promise.all([
    import('#lib/evidence/verify/verify-dossier.ts'),
    import('#lib/evidence/verify/time-stamp/verify.ts'),
    file.arrayBuffer(),
    knowsEd25519(),
  ]);
  if (!isAble) return { kind: 'cannot' };
  const given = { dossier: new Uint8Array(bytes), trust: new TextEncoder().encode(trust), verifyTimeStamp };
  return { kind: 'result', file: file.name, verification: await verifyDossier(given) };
}

/** Any public key; without a secure context there is no `subtle` at all. */
async function knowsEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}
