/** Where a session is: its id, and the workspace that owns it, without which none is read or unsealed. */
export type SessionPlace = { workspaceId: string; sessionId: string };
