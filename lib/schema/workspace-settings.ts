import { z } from 'zod';
import { plainString } from './plain-string.ts';
import { interfaceLanguages } from './session-terms.ts';

/** What a workspace is called and speaks; signers read the names, so they are evidence. */
export const workspaceSettings = z.strictObject({
  name: plainString({ max: 120, allowsLines: false }),
  merchantLegalName: plainString({ max: 200, allowsLines: false }),
  lenderLegalName: plainString({ max: 200, allowsLines: false }),
  language: z.enum(interfaceLanguages),
});

/** What is given is changed, the rest stays. */
export const workspaceChanges = z.strictObject({
  name: workspaceSettings.shape.name.exactOptional(),
  merchantLegalName: workspaceSettings.shape.merchantLegalName.exactOptional(),
  lenderLegalName: workspaceSettings.shape.lenderLegalName.exactOptional(),
  language: workspaceSettings.shape.language.exactOptional(),
});

export type WorkspaceChanges = z.output<typeof workspaceChanges>;
