import { Engine } from './engine';

let engine: Engine;
beforeAll(async () => {
	engine = await Engine.load();
});

it('n8n loads the package', () => {
	expect(Object.keys(engine.types.nodes)).toEqual(['bitrix24Telephony', 'bitrix24TelephonyTrigger']);
	expect(Object.keys(engine.types.credentials)).toEqual(['bitrix24OAuth2Api']);
});
