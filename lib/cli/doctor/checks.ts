import { backupChecks } from './backup-check.ts';
import type { Check } from './check.ts';
import { clockChecks } from './clock-check.ts';
import { databaseChecks } from './database-checks.ts';
import { keyChecks } from './key-checks.ts';
import { lenderChecks } from './lender-check.ts';
import { placeChecks } from './place-checks.ts';
import { proxyChecks } from './proxy-check.ts';
import { runningChecks } from './running-checks.ts';
import { strangerChecks } from './stranger-checks.ts';
import { webhookChecks } from './webhook-check.ts';
import { workspaceLenderChecks } from './workspace-lenders-check.ts';

/** All that the doctor looks at, in the order in which faults are best mended. A new part of the portal adds its check here. */
export const checks: readonly Check[] = [
  ...placeChecks,
  ...databaseChecks,
  ...clockChecks,
  ...proxyChecks,
  ...lenderChecks,
  ...workspaceLenderChecks,
  ...strangerChecks,
  ...keyChecks,
  ...backupChecks,
  ...runningChecks,
  ...webhookChecks,
];
