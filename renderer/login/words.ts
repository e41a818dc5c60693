// The login page has words of its own: a stranger gets no others.

const en = {
  title: 'Sign in to Spillway',
  hint: 'Scan the code that Spillway shows under Settings, or type the password.',
  pairing: 'This device is being paired…',
  password: 'Password',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  wrong: 'That is not the password.',
  wait: (seconds: string) => `Too many tries. Wait ${seconds}.`,
  void: 'This code was used already or is too old. Show a new one, or type the password.',
  away: 'Spillway does not answer. Is it running, and is this device in the same network?',
};
type Words = typeof en;

export const words: Record<string, Words> = {
  en,
  de: {
    title: 'Bei Spillway anmelden',
    hint: 'Scannen Sie den Code, den Spillway unter Einstellungen zeigt, oder geben Sie das Passwort ein.',
    pairing: 'Dieses Gerät wird gekoppelt…',
    password: 'Passwort',
    signIn: 'Anmelden',
    signingIn: 'Anmeldung läuft…',
    wrong: 'Das ist nicht das Passwort.',
    wait: (seconds) => `Zu viele Versuche. Warten Sie ${seconds}.`,
    void: 'Dieser Code wurde schon benutzt oder ist zu alt. Lassen Sie einen neuen anzeigen oder geben Sie das Passwort ein.',
    away: 'Spillway antwortet nicht. Läuft es, und ist dieses Gerät im selben Netz?',
  },
  es: {
    title: 'Entrar en Spillway',
    hint: 'Escanee el código que Spillway muestra en Ajustes o escriba la contraseña.',
    pairing: 'Vinculando este dispositivo…',
    password: 'Contraseña',
    signIn: 'Entrar',
    signingIn: 'Entrando…',
    wrong: 'Esa no es la contraseña.',
    wait: (seconds) => `Demasiados intentos. Espere ${seconds}.`,
    void: 'Este código ya se usó o es demasiado antiguo. Muestre uno nuevo o escriba la contraseña.',
    away: 'Spillway no responde. ¿Está en marcha y está este dispositivo en la misma red?',
  },
  ar: {
    title: 'تسجيل الدخول إلى Spillway',
    hint: 'امسح الرمز الذي يعرضه Spillway في الإعدادات، أو اكتب كلمة المرور.',
    pairing: 'يجري إقران هذا الجهاز…',
    password: 'كلمة المرور',
    signIn: 'تسجيل الدخول',
    signingIn: 'يجري تسجيل الدخول…',
    wrong: 'كلمة المرور غير صحيحة.',
    wait: (seconds) => `محاولات كثيرة. انتظر ${seconds}.`,
    void: 'استُخدم هذا الرمز من قبل أو انتهت صلاحيته. اعرض رمزًا جديدًا أو اكتب كلمة المرور.',
    away: 'لا يستجيب Spillway. هل يعمل، وهل هذا الجهاز في الشبكة نفسها؟',
  },
};
