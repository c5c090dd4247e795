'use client';

import { FailurePage } from './failure-page.tsx';

/** In place of a page that failed. No library stands here: these bytes travel with every page. */
export default function ErrorPage() {
  return <FailurePage />;
}
