/** Entry of the field app. */
import { mount } from 'svelte';
import '../shared/styles/tokens.css';
import '../shared/styles/base.css';
import { mendLists } from '../shared/old-webview';
import { language } from '../shared/words.svelte';
import App from './App.svelte';

mendLists();

const target = document.getElementById('app');
if (target) {
  document.documentElement.lang = language();
  mount(App, { target });
}
