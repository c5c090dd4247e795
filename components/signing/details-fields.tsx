import type { InputHTMLAttributes } from 'react';
import { Field } from '#components/ui/field.tsx';
import { detailsWords } from '#lib/copy/details-page.ts';
import { type FieldError, fieldErrorText } from '#lib/copy/field-errors.ts';
import { journeyWords } from '#lib/copy/journey.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { suggestEmail } from '#lib/domain/email-suggestion.ts';
import type { DetailField } from '#lib/domain/signer-detail.ts';

export type DetailProps = {
  field: DetailField;
  /** As people write it; absent while missing. */
  shown?: string;
  /** What was typed and refused; it stands in the form again. */
  typed?: string;
  error?: FieldError;
  isLocked: boolean;
};

/** The inputs for what is missing or may be corrected, filled with what is known and never cleared because it was wrong. */
export function DetailsFields({ language, details }: { language: CopyLanguage; details: readonly DetailProps[] }) {
  const { fields } = journeyWords[language];
  const { hints, suggestion } = detailsWords[language];
  return (
    <div className="space-y-6">
      {details.map(({ field, shown, typed, error }) => {
        const value = typed ?? shown ?? '';
        const meant = field === 'email' ? suggestEmail(value) : undefined;
        return (
          <Field
            key={field}
            id={field}
            label={fields[field]}
            hint={meant === undefined ? hints[field] : suggestion(meant)}
            error={error && fieldErrorText(language, error)}
            defaultValue={value}
            {...manners[field]}
          />
        );
      })}
    </div>
  );
}

type Manners = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'autoComplete' | 'autoCapitalize' | 'autoCorrect' | 'spellCheck'
>;

/**
 * The keyboard that fits and the browser's own filling in. CPF has no autofill token, and a CNPJ may hold letters, so its keyboard has them;
 * no input is masked while typing. Rule: `product-conventions` 2.
 */
const manners: Record<DetailField, Manners> = {
  name: { autoComplete: 'name', autoCapitalize: 'words', spellCheck: false },
  email: { type: 'email', autoComplete: 'email', autoCapitalize: 'none', spellCheck: false },
  identity: { autoCapitalize: 'characters', spellCheck: false, autoCorrect: 'off' },
  phone: { type: 'tel', autoComplete: 'tel' },
};
