import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata: Metadata = { robots: { index: false, follow: false }, icons: '/favicon.svg' };
export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

/**
 * Passes through: `<html lang>` belongs to the page (`components/ui/document.tsx`), since a signer's language is that of the session
 * and is known only once the page has read it.
 */
export default function RootLayout({ children }: { children: ReactNode }) {
  return children;
}
