import { addressOf, usePlace } from '../../shell/place.ts';

/** The pages inside Devices; the step of the set-up stays while one of them is open. */
export function useDevicesPlace() {
  const { params } = usePlace();
  const step = params.get('connect');
  const within: Record<string, string> = step === null ? {} : { connect: step };
  const to = (page: Record<string, string>) => addressOf('devices', { ...within, ...page });
  return {
    params,
    to,
    home: step === null ? addressOf('devices') : addressOf('devices', within),
    go: (address: string) => {
      window.location.hash = address;
    },
  };
}
