import { answerVectors } from './answer-vectors.ts';
import { authorityVectors } from './authority-vectors.ts';
import { contextVectors } from './context-vectors.ts';
import { crossVectors } from './cross-vectors.ts';
import { labelVectors } from './label-vectors.ts';
import { limitVectors } from './limit-vectors.ts';
import { manifestVectors } from './manifest-vectors.ts';
import { proofVectors } from './proof-vectors.ts';
import { readerVectors } from './reader-vectors.ts';
import { recordVectors } from './record-vectors.ts';
import { reencodeVectors } from './reencode-vectors.ts';
import { softwareVectors } from './software-vectors.ts';
import { storyVectors } from './story-vectors.ts';
import { thirdBodyVectors } from './third-body-vectors.ts';
import { trustVectors } from './trust-vectors.ts';
import type { DossierVector } from './vector.ts';
import { zipVectors } from './zip-vectors.ts';

/** Good and bad dossiers with the verdict that both verifiers must give. */
export const dossierVectors: DossierVector[] = [
  ...zipVectors,
  ...manifestVectors,
  ...recordVectors,
  ...storyVectors,
  ...crossVectors,
  ...softwareVectors,
  ...answerVectors,
  ...reencodeVectors,
  ...thirdBodyVectors,
  ...contextVectors,
  ...labelVectors,
  ...proofVectors,
  ...trustVectors,
  ...authorityVectors,
  ...limitVectors,
  ...readerVectors,
];
