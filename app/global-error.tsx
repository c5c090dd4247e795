'use client';

import { FailurePage } from './failure-page.tsx';
import './globals.css';

/** In place of everything, when the root layout itself failed. */
export default function GlobalErrorPage() {
  return <FailurePage />;
}
