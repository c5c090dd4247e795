/** For what belongs to the whole installation and to no workspace (the log, its stamps, the drills), as a worker sees it and as the web does. */
export const workerScope = { role: 'aceite_worker', workspaceId: null } as const;
export const appScope = { role: 'aceite_app', workspaceId: null } as const;
