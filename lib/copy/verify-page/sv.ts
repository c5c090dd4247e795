import type { VerifyWords } from '../verify-page.ts';

export const verifyWordsSv: VerifyWords = {
  title: 'Kontrollera en akt',
  lead: 'Välj akten för en underskrift (en .zip-fil). Den kontrolleras här, i din webbläsare: filen skickas ingenstans.',
  choose: 'Aktens fil',
  drop: 'Du kan också släppa filen här.',
  checking: 'Kontrollerar…',
  cannot:
    'Den här webbläsaren kan inte kontrollera underskrifterna: den är för gammal, eller så kom sidan inte via https. Använd en nyare webbläsare, eller kontrollera utan nät enligt nedan.',
  tooLarge: 'Filen är större än en akt kan vara (64 MiB).',
  resultOf: 'Resultat för {file}',
  verdicts: {
    VALID: { title: 'Giltig', text: 'Allt har kontrollerats och stämmer.' },
    VALID_INTERIM: {
      title: 'Giltig så här långt',
      text: 'Allt som redan kan kontrolleras stämmer. Ärendet, eller dess bevis i den offentliga loggen, är inte komplett än; be om den slutliga akten.',
    },
    TAMPERED: {
      title: 'Ändrad',
      text: 'Delar av akten motsäger varandra. Den har ändrats efter att den gjordes, eller var aldrig hel.',
    },
    INVALID: {
      title: 'Inte betrodd',
      text: 'En underskrift eller tidsstämpel är fel, eller är gjord av någon som portalen inte anger. Akten kan komma från en annan portal.',
    },
    INCOMPLETE: { title: 'Ofullständig', text: 'Inget är fel, men något som behövs saknas.' },
    INPUT_ERROR: { title: 'Ingen akt', text: 'Filen kan inte läsas som en akt.' },
  },
  checksTitle: 'Det som kontrollerades',
  results: { ok: 'Stämmer', failed: 'Fel', missing: 'Saknas', skipped: 'Inte kontrollerat' },
  claims: {
    zip: 'Filen är ett enkelt arkiv som alla läsare ser likadant.',
    manifest: 'Innehållslistan finns och har rätt form.',
    files: 'Varje fil har den längd och det SHA-256 som listan anger.',
    json: 'Varje post har en enda betydelse.',
    required: 'Alla filer som ett sådant ärende behöver finns.',
    chain: 'Händelserna är hela, i ordning och oförändrade.',
    commits: 'Avtal, uppgifter, godkännande och anrop till långivaren är de som händelserna band sig vid.',
    cross: 'Bevisning, godkännande, samtycken, kvitto och meddelandet till långivaren säger samma sak.',
    state: 'Akten är slutlig precis när ärendet har nått sitt slut.',
    proofs: 'Händelserna står i den offentliga loggen.',
    log: 'En betrodd logg undertecknade sitt tillstånd.',
    seal: 'Portalen förseglade innehållslistan.',
    receipt: 'Portalen undertecknade kvittot.',
    time: 'De tidsstämplingstjänster som krävs, om några, såg loggens tillstånd vid de angivna tiderna.',
    witness: 'De vittnen som krävs, om några, såg att loggen bara växte.',
  },
  trustedFor: 'Vem du litar på för detta',
  trust: {
    nobody: 'ingen, det räknas ut ur filen',
    log: 'loggens nycklar',
    seal: 'portalens förseglingsnycklar',
    time: 'tidsstämplingstjänsterna',
    witness: 'vittnena',
  },
  notProved:
    'Inget av detta bevisar att den namngivna personen var den som skrev under. Det bevisar vad som registrerades, när, och att inget har ändrats sedan dess.',
  whom: {
    title: 'Vem du litar på när du använder sidan',
    text: 'Sidan och nycklarna som den kontrollerar med kommer från den som driver portalen. Den som inte får vara beroende av driftaren kontrollerar utan nät, med en förtroendefil som mottagits tidigare och på annan väg.',
    offline: 'Utan nät, i mappen där akten ligger:',
    withPython: 'med verify.py (Python 3 och openssl 3), men inte den ur just den akt som du tvivlar på',
    withAceite: 'eller med det här programmet på en egen dator',
  },
  withoutScript: 'Kontroll i webbläsaren kräver JavaScript. Utan det gör kommandona nedan samma sak.',
};
