import type { ReactNode } from 'react';

type DocumentProps = {
  /** BCP 47. The language that the page is read in, known only where the page is made. */
  lang: string;
  /** Left out where the framework's own metadata gives the title. */
  title?: string;
  children: ReactNode;
};

/** A whole HTML document. The root layout renders none, because only a page knows its language. */
export function Document({ lang, title, children }: DocumentProps) {
  return (
    <html lang={lang}>
      <body>
        {title !== undefined && <title>{title}</title>}
        {children}
      </body>
    </html>
  );
}
