import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { paths } from '#lib/paths.ts';

type ReceiptSearchProps = { words: { label: string; hint: string; act: string } };

/** A receipt code by hand; a plain form, for who has no scripts and no camera. */
export function ReceiptSearch({ words }: ReceiptSearchProps) {
  return (
    <form method="get" action={paths.verify()} className="mt-6 space-y-4">
      <Field
        id="code"
        label={words.label}
        hint={words.hint}
        error={undefined}
        autoComplete="off"
        spellCheck={false}
        required
      />
      <Button kind="secondary">{words.act}</Button>
    </form>
  );
}
