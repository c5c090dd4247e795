import type { VerifyWords } from '../verify-page.ts';

export const verifyWordsEs: VerifyWords = {
  title: 'Comprobar un expediente',
  lead: 'Elija el expediente de una firma (un archivo .zip). Se comprueba aquí, en su navegador: el archivo no se envía a ninguna parte.',
  choose: 'Archivo del expediente',
  drop: 'También puede soltar el archivo aquí.',
  checking: 'Comprobando…',
  cannot:
    'Este navegador no puede comprobar estas firmas: es demasiado antiguo, o esta página no llegó por https. Use un navegador más reciente o compruebe sin conexión, como se explica abajo.',
  tooLarge: 'Este archivo es mayor de lo que puede ser un expediente (64 MiB).',
  resultOf: 'Resultado para {file}',
  verdicts: {
    VALID: { title: 'Válido', text: 'Todo se ha comprobado y es correcto.' },
    VALID_INTERIM: {
      title: 'Válido hasta ahora',
      text: 'Todo lo que ya se puede comprobar es correcto. La sesión, o su prueba en el registro público, aún no está completa; pida el expediente final.',
    },
    TAMPERED: {
      title: 'Alterado',
      text: 'Partes de este expediente se contradicen. Se cambió después de hacerse, o nunca estuvo entero.',
    },
    INVALID: {
      title: 'Sin confianza',
      text: 'Una firma o un sello de tiempo es incorrecto, o es de alguien a quien este portal no nombra. El expediente puede ser de otro portal.',
    },
    INCOMPLETE: { title: 'Incompleto', text: 'Nada es incorrecto, pero falta algo necesario.' },
    INPUT_ERROR: { title: 'No es un expediente', text: 'Este archivo no se puede leer como expediente.' },
  },
  checksTitle: 'Qué se ha comprobado',
  results: { ok: 'Correcto', failed: 'Incorrecto', missing: 'Falta', skipped: 'Sin comprobar' },
  claims: {
    zip: 'El archivo es un paquete simple que todo lector ve igual.',
    manifest: 'La lista del contenido está y tiene la forma debida.',
    files: 'Cada archivo tiene el tamaño y el SHA-256 que indica la lista.',
    json: 'Cada registro tiene un solo sentido.',
    required: 'Están todos los archivos que necesita una sesión así.',
    chain: 'Los eventos están enteros, en orden y sin cambios.',
    commits: 'Contrato, datos, aceptación y envíos al acreedor son aquellos con los que los eventos se comprometieron.',
    cross: 'Evidencia, aceptación, consentimientos, comprobante y mensaje al acreedor dicen lo mismo.',
    state: 'El expediente es final justo cuando la sesión ha llegado a su fin.',
    proofs: 'Los eventos constan en el registro público.',
    log: 'Un registro de confianza firmó su estado.',
    seal: 'El portal selló la lista del contenido.',
    receipt: 'El portal firmó el comprobante.',
    time: 'Las autoridades de sellado de tiempo exigidas, si las hay, vieron el estado del registro en los momentos indicados.',
    witness: 'Los testigos exigidos, si los hay, vieron que el registro solo creció.',
  },
  trustedFor: 'En quién confía para esto',
  trust: {
    nobody: 'en nadie, se calcula a partir del archivo',
    log: 'en las claves del registro',
    seal: 'en las claves de sello del portal',
    time: 'en las autoridades de sellado de tiempo',
    witness: 'en los testigos',
  },
  notProved:
    'Nada de esto prueba que la persona nombrada fuera quien firmó. Prueba qué se registró, cuándo, y que nada ha cambiado desde entonces.',
  whom: {
    title: 'En quién confía al usar esta página',
    text: 'Esta página y las claves que usa vienen del operador de este portal. Quien no deba depender del operador comprueba sin conexión, con un archivo de confianza recibido antes y por otra vía.',
    offline: 'Sin conexión, en la carpeta donde está el expediente:',
    withPython: 'con verify.py (Python 3 y openssl 3), pero no el que viene en el mismo expediente del que duda',
    withAceite: 'o con este programa en un ordenador propio',
  },
  withoutScript: 'Comprobar en el navegador requiere JavaScript. Sin él, las órdenes de abajo hacen lo mismo.',
};
