import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Document } from './document.tsx';

type PageShellProps = {
  lang: string;
  /** The document's title; left out where the framework's own metadata gives it. */
  title?: string;
  /** What stands at the head of the page: whose page this is. */
  banner?: ReactNode;
  footer?: ReactNode;
  /** `reading` for texts and forms, `wide` for tables. */
  width?: 'reading' | 'wide';
  /** The words of the first link on the page, which jumps over the banner. */
  skipLabel: string;
  children: ReactNode;
};

/** A whole page: banner, main part, footer. */
export function PageShell({ lang, title, banner, footer, width = 'reading', skipLabel, children }: PageShellProps) {
  const column = classNames('mx-auto w-full px-4 sm:px-6', width === 'reading' ? 'max-w-[44rem]' : 'max-w-[84rem]');
  return (
    <Document lang={lang} {...(title !== undefined && { title })}>
      <div className="flex min-h-dvh flex-col">
        <a
          href="#main"
          className="sr-only rounded-lg bg-surface px-4 py-2.5 focus:not-sr-only focus:absolute focus:m-2"
        >
          {skipLabel}
        </a>
        {banner !== undefined && (
          <header className="border-line border-b bg-surface print:border-b-0">
            <div className={column}>{banner}</div>
          </header>
        )}
        <main id="main" tabIndex={-1} className={classNames(column, 'flex-1 py-6 sm:py-10')}>
          {children}
        </main>
        {footer !== undefined && (
          <footer className="border-line border-t text-ink-soft text-sm">
            <div className={classNames(column, 'py-5')}>{footer}</div>
          </footer>
        )}
      </div>
    </Document>
  );
}
