import type { HTMLAttributes, ReactNode } from 'react';
import type { Tone } from './badge.tsx';
import { classNames } from './class-names.ts';

type NoticeProps = Omit<HTMLAttributes<HTMLDivElement>, 'title'> & {
  tone: Exclude<Tone, 'neutral'>;
  title?: ReactNode;
};

/** Something the reader should know before going on. `role="alert"` only for what appears while they are here. */
export function Notice({ tone, title, className, children, ...rest }: NoticeProps) {
  return (
    <div className={classNames('rounded-lg border-l-4 p-4', tones[tone], className)} {...rest}>
      {title !== undefined && <p className="mb-1 font-semibold">{title}</p>}
      {children}
    </div>
  );
}

const tones: Record<NoticeProps['tone'], string> = {
  info: 'border-info bg-info-wash',
  success: 'border-accent bg-accent-wash',
  warning: 'border-warning bg-warning-wash',
  danger: 'border-danger bg-danger-wash',
};
