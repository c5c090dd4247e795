import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';

/** `primary` once per screen; `secondary` for the rest; `danger` ends something for good; `quiet` looks like text. */
export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: ButtonKind; isWide?: boolean };
type ButtonLinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { kind?: ButtonKind; isWide?: boolean };

/** A button that submits its form unless told otherwise. */
export function Button({ kind = 'primary', isWide = false, type = 'submit', className, ...rest }: ButtonProps) {
  return <button type={type} className={classNames(look(kind, isWide), className)} {...rest} />;
}

/** A link that leads on as a button does; it goes somewhere, it never does something. */
export function ButtonLink({ kind = 'primary', isWide = false, className, children, ...rest }: ButtonLinkProps) {
  return (
    <a className={classNames(look(kind, isWide), 'no-underline', className)} {...rest}>
      {children}
    </a>
  );
}

/** 44 px at least, grows with its words: a long label in another language wraps instead of being cut. */
const base =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-lg border px-5 py-2.5 text-center font-semibold leading-snug transition-colors motion-reduce:transition-none aria-disabled:cursor-progress aria-disabled:opacity-70 disabled:cursor-not-allowed disabled:opacity-60';

const looks: Record<ButtonKind, string> = {
  primary:
    'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong hover:text-on-accent',
  secondary: 'border-control bg-surface text-ink hover:bg-sunken hover:text-ink',
  danger: 'border-danger bg-surface text-danger hover:bg-danger-wash hover:text-danger-strong',
  quiet: 'border-transparent bg-transparent text-accent underline hover:text-accent-strong',
};

function look(kind: ButtonKind, isWide: boolean): string {
  return classNames(base, looks[kind], isWide && 'w-full');
}
