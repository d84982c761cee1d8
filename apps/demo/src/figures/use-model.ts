// The model that a figure computes with: the one of the course in the page's language, or one that the visitor chose on the page of
// models. It is a setting in the address (`model=own:mine`), shared by all figures, so that a link says which model it means.
import { computed, onMounted, reactive, ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useStoryLanguage } from '../languages/index.js';
import type { ModelFamily } from '../lab/model-size.js';
import { knownSize } from '../models.js';
import { chosenModel, ownModels, type OwnModel } from '../storage/own-models.js';
import { useSettings, type Setting } from '../storage/url-state.js';

/** The model of the course, also where the visitor has chosen another for all chapters. */
export const COURSE = 'course';

export interface UsedModel {
  /** For jobs: `tools.model(name)`. */
  readonly name: string;
  /** How it is built, if that is known before it is loaded. */
  readonly family: ModelFamily | undefined;
  /** How many weights it has, if that is known before it is loaded. */
  readonly parameters: number | undefined;
  /** The setting: empty as long as nothing is chosen. */
  readonly setting: string;
  /** Sets it: `COURSE`, `own:NAME` or `site:/PATH`. */
  choose(setting: string): void;
  /** The visitor's models, once they have been read. */
  readonly own: readonly OwnModel[];
  /** The visitor's model that computes, if it is one of theirs. */
  readonly mine: OwnModel | undefined;
  /** A model of the address that this browser does not have. */
  readonly missing: string | undefined;
  /** Resolves when the choice is known. */
  readonly opened: Promise<void>;
}

const setting: Setting<string> = { initial: '', read: (text) => (text === COURSE || /^(own:|site:\/)./.test(text) ? text : undefined), write: (value) => value };

/** Use it as `const model = useModel()`; start jobs with `model.name`, and again when it changes: `watch(() => model.name, start)`. */
export function useModel(): UsedModel {
  const route = useRoute();
  const router = useRouter();
  const language = useStoryLanguage();
  const settings = useSettings({ model: setting });
  const own = ref<OwnModel[]>([]);
  const isOpen = ref(false);
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const mine = computed(() => own.value.find(({ name }) => settings.model === `own:${name}`));

  onMounted(async () => {
    const chosen = await chosenModel();
    own.value = await ownModels();
    // The choice stands in the address, so that the address gives the same output.
    if (chosen !== undefined && route.query.model === undefined && own.value.some(({ name }) => chosen === `own:${name}`)) {
      settings.model = chosen;
      await router.replace({ query: { ...route.query, model: chosen }, hash: route.hash });
    }
    isOpen.value = true;
    open();
  });

  // Until the visitor's models have been read, the address is trusted.
  const name = computed(() => (settings.model.startsWith('site:') || mine.value || (!isOpen.value && settings.model.startsWith('own:')) ? settings.model : `stories-${language.value}`));
  const known = computed(() => mine.value?.facts ?? knownSize(name.value));
  return reactive({
    name,
    family: computed(() => known.value.family),
    parameters: computed(() => known.value.parameters),
    setting: computed(() => settings.model),
    choose: (value: string) => (settings.model = value),
    own,
    mine,
    opened,
    missing: computed(() => (isOpen.value && settings.model.startsWith('own:') && !mine.value ? settings.model.slice('own:'.length) : undefined)),
  }) as UsedModel;
}
