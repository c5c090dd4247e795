import { ButtonLink } from '#components/ui/button.tsx';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { wayBackWords } from '#lib/copy/way-back.ts';

type WayBackProps = { language: CopyLanguage; merchant: string; wayBack: { href: string; toMerchant: boolean } };

/** Back to where the person came from, on a tap and never by itself. */
export function WayBack({ language, merchant, wayBack: { href, toMerchant } }: WayBackProps) {
  const { toMerchant: label, toLanding } = wayBackWords[language];
  return (
    <p className="mt-8 print:hidden">
      <ButtonLink href={href} isWide>
        {toMerchant ? label(merchant) : toLanding}
      </ButtonLink>
    </p>
  );
}
