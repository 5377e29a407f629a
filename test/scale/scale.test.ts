import { IMPATIENT, startFarm, type Farm } from './farm';
import { QUICK } from './trial';
import { trials } from './trials';

const TRIAL_MS = 300_000;

let farm: Farm;
beforeAll(async () => {
	farm = await startFarm(IMPATIENT);
});
afterAll(async () => {
	await farm?.stop();
});

it.each(trials)(
	'$name: $holds',
	async (trial) => {
		await expect(trial.run(farm, QUICK)).resolves.toHaveProperty('seen');
	},
	TRIAL_MS,
);
