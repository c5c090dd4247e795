import type { WorkspaceRow } from '#lib/db/workspaces.ts';

/** A workspace as people who run the portal see it. */
export type WorkspaceView = {
  workspaceId: string;
  name: string;
  merchantLegalName: string;
  lenderLegalName: string;
  language: string;
  createdAt: Date;
};

export function workspaceView(row: WorkspaceRow): WorkspaceView {
  return {
    workspaceId: row.id,
    name: row.name,
    merchantLegalName: row.merchant_legal_name,
    lenderLegalName: row.lender_legal_name,
    language: row.language,
    createdAt: row.created_at,
  };
}
