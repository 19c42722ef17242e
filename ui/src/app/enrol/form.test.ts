import { expect, it } from 'vitest';
import { faultsOf } from './form';

const right = {
  server: 'https://rasoat.example',
  code: 'ab-cd',
  device: 'Máy',
  pin: '123456',
  pinAgain: '123456',
};

it.each([
  [{}, {}],
  [{ server: 'rasoat.example' }, { server: 'invalid_server' }],
  [{ server: 'https://rasoat example' }, { server: 'invalid_server' }],
  [{ code: ' ' }, { code: 'empty' }],
  [{ device: '' }, { device: 'empty' }],
  [{ pin: '12345', pinAgain: '12345' }, { pin: 'weak_pin' }],
  [{ pin: 'abcdef', pinAgain: 'abcdef' }, { pin: 'weak_pin' }],
  [{ pinAgain: '654321' }, { pinAgain: 'pin_differs' }],
])('an enrolment with %j', (typed, faults) => expect(faultsOf({ ...right, ...typed })).toEqual(faults));
