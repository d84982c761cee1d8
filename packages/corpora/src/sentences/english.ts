// The English sentences for word vectors: short, about animals, food, places, professions, families, kings and queens, and days of the
// week. Words of a kind occur in the company of the same other words, which is all that word vectors learn from.

export const englishSentences: readonly string[] = Object.freeze(`
The dog sleeps in a basket by the stove.
Curled up on the sofa, the cat sleeps all afternoon.
Our horse sleeps standing up in the barn.
Tired and full, the cow sleeps in the straw.
By day the mouse sleeps in a tiny hole.
High up in the nest sleeps a bird.
The hen sleeps on a perch in the barn.
Next to a lamb, the sheep sleeps in the straw.
The dog eats meat and licks the bowl clean.
After the cat eats, it licks its paws.
A horse eats oats and plenty of hay.
All day long the cow eats grass in the meadow.
At night the mouse eats a few grains of corn.
The bird eats seeds and little worms.
The hen eats seeds and corn from the ground.
In the meadow the sheep eats fresh grass.
The dog has brown fur and soft ears.
Our cat has black fur and green eyes.
The horse has a shiny coat and a long tail.
The cow has a spotted coat and big eyes.
The mouse has grey fur, round ears and a thin tail.
In winter the sheep has a thick white coat.
The bird has bright feathers and a short beak.
The hen has brown feathers and a sharp beak.
Barking, the dog chases the cat across the meadow.
The cat chases the mouse through the barn.
The dog barks, and the cat jumps onto the fence.
An old dog guards the sheep in the meadow.
A bird sits on the back of the cow.
The horse and the cow stand side by side in the meadow.
The sheep and the cow drink from the stream.
The thirsty horse drinks a bucket of water.
Down at the stream the dog drinks cool water.
The cat drinks water from a saucer.
From a puddle the bird drinks a drop of water.
The hen drinks some water and clucks.
Every evening we feed the dog and the cat.
Lucy feeds the hen with corn.
Sam feeds the horse with hay.
Today we feed the sheep and the cow.
When it snows, we feed the bird outside the window.
Emma strokes the neck of the horse.
Ben strokes the cat until it purrs.
A sheep likes it when you stroke its soft wool.
The dog wags its tail when you stroke it.
A cow is a big and gentle animal.
The mouse is a very small animal.
A horse is a strong and fast animal.
No animal is as loyal as a dog.
A cat is a quiet animal with soft paws.
A hen is an animal that lays eggs.
The hen and the mouse look for corn in the straw.
The bird and the mouse hide from the cat.
Dog and cat lie together in front of the fire.
A mouse darts across the barn, and the hen clucks.
The bird flies over the meadow and back to the nest.
Flapping its wings, the hen runs across the yard.
The dog runs across the yard with a stick.
The horse gallops around the meadow.
The sheep runs away from the dog.
The cow and the sheep are hungry and wait by the gate.
Cow, horse and sheep live together in the barn.
When the cat comes, the bird flies off and the mouse hides.
A little bird pecks at the seeds next to the hen.
For breakfast we have bread with butter.
I like bread with honey for breakfast.
Fresh bread tastes best with cheese.
The cheese tastes strong and smells a little.
This apple tastes sweet and juicy.
The hot soup tastes of herbs.
The cake tastes sweet, with a little cinnamon.
Cold milk tastes good on a hot day.
Honey tastes sweet and sticks to your fingers.
This butter tastes a little salty.
I ate a piece of cheese and a slice of bread.
We ate cake and drank a glass of milk.
At break Lucy ate an apple.
Sam ate a whole bowl of soup.
Emma ate a big piece of cake.
Ben ate bread with butter and cheese.
On the table there are bread, butter and honey.
Milk and cake are already on the table.
A spoon of butter goes into the soup.
Butter, milk and an apple go into the cake.
Stir a spoon of honey into your tea.
A cup of milk with honey helps you sleep.
For supper there is soup and fresh bread.
For dessert there is cake with honey.
For dessert I want a sweet apple.
We bought some bread and half a pound of butter.
We bought milk and a large piece of cheese.
Tom bought an apple and a bottle of milk.
The cheese lies on a plate next to the apple.
There is a slice of cake on your plate.
A bowl of soup and some cheese will fill you up.
Have another slice of bread with your soup.
Spread a little more butter on the bread.
Would you like more milk, or some soup?
Would you like honey or cheese on your bread?
Who wants another piece of apple, or some cheese?
The apple is red, and the cake is still warm.
The soup is delicious, but much too hot.
A delicious cake with apple never lasts long.
The milk is fresh, and the honey is sweet.
Delicious cheese and fresh butter are in the fridge.
The milk stands in the fridge beside the butter.
Emma tasted the cheese and then the honey.
Ben tasted the soup with a little spoon.
People make butter and cheese from milk.
Apple, honey and cake all taste sweet.
Today we are going to the forest to look for mushrooms.
The children are going to the park to play ball.
After lunch we are going into the garden.
This afternoon everybody is going to the zoo.
At eight the children go to school.
We ride our bikes to the beach.
We take the bus to the station.
With two empty bags we walk to the market.
The children take the bus to the zoo.
On our bikes we ride through the forest.
To get to the station, walk through the park.
The children walk along the beach without shoes.
The path to the school leads through the park.
One path to the beach leads through the forest.
A narrow path leads from the garden into the forest.
The shortest way to the market leads past the station.
The bus to the zoo also stops at the school.
Tall trees grow in the forest.
In our garden there are small trees and many flowers.
In the park there are green benches under the trees.
At the market there are crowds of people.
Crowds of people wait at the station.
In front of the school, many children laugh and shout.
At the zoo, many children stand by the fence.
Many people lie on the beach and look for shells.
Let us meet in the park under the old trees.
Let us meet at the station, below the big clock.
We meet our friends on the beach.
Shall we meet outside the zoo or at the market?
The children play hide and seek in the garden.
Many children play on the beach with a ball.
In the forest the children play robbers.
After school the children play in the park.
Flowers bloom in the park and in the garden.
At the market people buy flowers and plants.
Behind the school the forest begins.
Behind the station the park begins.
The market is just behind the garden.
The zoo is between the station and the school.
It is not far from the station to the beach.
It is not far from the school to the market.
From the zoo you can already see the forest.
The garden is quiet, but the market is loud.
It is warm on the beach and cool in the forest.
The zoo and the station are often loud.
In the garden, in the park and in the forest, birds are singing.
We walk through the park to the market and then to the zoo.
From school we walk to the station and take a train to the beach.
The baker works at night, so that there are rolls in the morning.
A doctor often works at night in the hospital.
The teacher works with chalk and a lot of patience.
The farmer works in the fields in any weather.
Even in the rain the gardener works outside.
The painter works with a brush on a tall ladder.
A nurse works hard, and often at night.
The pilot works high above the clouds.
My neighbour works as a baker.
Next door lives a doctor, and across the street a teacher.
My uncle used to work as a pilot.
Being a farmer is a job for people who get up early.
Being a gardener is a wonderful job, says Emma.
Our new neighbour works as a painter.
His job as a nurse keeps Mr Hill busy.
Ben hopes to become a baker or a pilot.
Lucy hopes to become a doctor or a teacher.
Tom wants to become a gardener or a painter.
If you love animals, become a farmer or a gardener.
To become a doctor or a nurse, you study hard.
A painter and a baker live in the same street.
At work the baker wears a white apron.
At work the doctor wears a white coat.
The nurse wears a white uniform and quiet shoes.
The pilot wears a blue uniform and a cap at work.
Splashes of colour cover the apron that the painter wears.
The gardener wears green boots and gloves.
The farmer wears boots when the ground is muddy.
The teacher wears glasses at work.
The baker whistles a song at work.
On the ladder the painter whistles a song.
The teacher asked the pilot about the job.
The doctor bandages the finger of the baker.
Quickly the nurse helps the painter, who fell off the ladder.
The doctor thanks the nurse for the good work.
At harvest time the gardener helps the farmer.
The farmer brings the baker a sack of flour.
The gardener brings the teacher some fresh herbs.
Before the feast the baker has a lot of work.
In winter the farmer and the gardener have less work.
The teacher and the doctor talk about work.
A pilot, a painter and a nurse are waiting for the bus.
Baker, gardener and farmer get up early for work.
The painter and the teacher are friends, and both love the job.
Nobody flies to work except the pilot.
The king wears a crown of gold.
The queen wears a silver crown and a long dress.
For a birthday present the prince got his first crown.
The little crown of the princess matches her dress.
On the throne sits the king, and he strokes his beard.
On the throne sits the queen, and she combs her hair.
A prince lives with his servant in a castle by the lake.
In a castle in the mountains a princess lives with her maid.
The old king rules his land kindly.
For many years the old queen has ruled her land, and she rules it wisely.
The prince rides through the gate, and he waves to the people.
The princess waves to the people, and she gives away her flowers.
The people cheer because the king is coming, and he waves.
When the queen arrives in her carriage, the people cheer.
One day the prince will be king, and he will rule the land.
One day the princess will be queen, and she will own the castle.
At the feast in the castle the king dances with the queen.
At the feast in the palace the prince dances with the princess.
The queen invites her guests to the palace, and she wears her finest dress.
The king gives the queen a ring, and he bows.
The princess plays in the palace with her doll.
The prince trains with his sword, and he wins.
King and queen rule the kingdom together.
Prince and princess will inherit the kingdom.
In his kingdom everybody loves the king.
In her kingdom everybody loves the queen.
The prince and the princess wave from the balcony.
The young prince dreams that he will be king.
The young princess dreams that she will be queen.
The servant bows, and the king takes off his crown.
The maid curtsies, and the queen takes off her crown.
The man wears a hat, and he has a long beard.
The woman wears a red dress, and she has long hair.
The man drinks his coffee, then he goes to work.
After she finishes her coffee, the woman goes to work.
In front of the mirror a man trims his beard.
In front of the mirror a woman combs her long hair.
The man repairs his car because he is going on a trip.
The woman washes her car before she goes on a trip.
A man and a woman live next door with their children.
The man calls his friend because he is alone.
The woman calls her friend, and she talks for an hour.
The man next door has lost his keys.
Last night the woman next door lost her keys as well.
A man feeds the ducks, and he talks to his grandson.
A woman feeds the ducks, and she talks to her granddaughter.
The man picks up his son, since he is off today.
The woman picks up her daughter, since she is off today.
The boy climbs a tree, and he calls his friend.
The girl climbs even higher, and she calls her friend.
The boy kicks his ball over the fence.
The girl puts her doll on the swing.
The boy paints a picture, and he shows it to his friend.
The girl paints a picture, too, and she gives it to her friend.
The boy forgot his cap, and he is cold.
The girl is not cold, because she has her cap.
A boy and a girl learn to read together.
The boy is eight years old, and he learns to swim.
The girl is nine years old, and she learns to dive.
The girl wears a dress and a braid in her hair.
The boy wears his torn trousers, and he whistles.
A boy builds a castle of sand for his brother.
A girl builds a castle of snow for her sister.
The boy says that he is looking for his shoe.
The girl says that she is looking for her sock.
My father cooks dinner, and he sets the table.
My mother sets the table, and she cooks dinner.
In the evening the father takes his son to bed.
The mother takes her daughter to bed and turns off the light.
My father has a short beard, and he laughs a lot.
My mother has brown hair, and she laughs a lot.
The father comforts his son, and he sings softly.
Softly the mother sings, and she comforts her daughter.
Father and mother are planning a trip with the family.
My father is looking for his glasses, my mother for her bag.
The father carries his son on his shoulders.
The mother carries her daughter in her arms.
My father lost his umbrella, and he got wet.
My mother lent him her umbrella, so she got wet.
My brother shares his room with me, and he snores.
My sister has her own room, and she never tidies it.
My little brother has lost his ball.
My little sister has lost her doll.
My big brother helps me, for he is good at sums.
My big sister helps me, for she is good at spelling.
My brother practises his trumpet, and he is getting better.
My sister practises her violin, and she is quite good.
Brother and sister quarrel and make up again.
My brother pulls on his trousers, and he runs off.
My sister pulls on her dress, and she runs after him.
My brother and his friend build a hut, and he hammers loudly.
My sister and her friend build a raft, and she saws the boards.
My grandpa tells stories, and he smokes his pipe.
My grandma tells stories, and she knits her socks.
In his armchair sits my old grandpa, and he has a white beard.
In her armchair sits my old grandma, and she has white hair.
Grandpa puts on his glasses, and he reads us a fairy tale.
Before grandma reads us a fairy tale, she looks for her glasses.
My grandpa walks with a stick, but he is cheerful.
My grandma walks slowly, but she is cheerful.
In the holidays grandpa and grandma visit the family.
After dinner grandpa dozes in his armchair.
Over her knitting grandma dozes in the armchair.
Grandpa mends his old hat, and he laughs.
Grandma mends her old dress, and she laughs.
My grandpa bakes waffles with his grandson.
My grandma bakes waffles with her granddaughter.
On Monday the new week begins.
On Monday we have sports in the first lesson.
On Tuesday I have a piano lesson after school.
On Wednesday I go swimming at four.
On Thursday I sing in the choir at five.
On Friday we are free at noon.
On Saturday we may sleep late.
On Sunday everybody sleeps until ten.
After Monday comes Tuesday.
Wednesday follows Tuesday.
After Wednesday comes Thursday.
Friday follows Thursday.
After Friday comes Saturday at last.
Sunday follows Saturday.
After Sunday comes Monday again.
Today is Monday, so tomorrow is Tuesday.
If today is Wednesday, then tomorrow is Thursday.
Today is Friday, and tomorrow is Saturday.
Yesterday was Sunday, so today is Monday.
Was yesterday not Tuesday, and is today not Wednesday?
Yesterday was Thursday, and today is Friday.
From Monday to Friday the alarm rings at seven.
Saturday and Sunday are the weekend.
It rained on Tuesday and on Thursday.
Next week Lucy has her birthday on Wednesday.
Next week Tom has a party on Saturday.
Last week there was a storm on Thursday.
Last week the weather was fine on Sunday.
The choir meets every Tuesday and every Friday.
Every Wednesday and every Saturday the newspaper comes.
From Friday to Sunday we are away.
The pool is open on Monday, Wednesday and Friday.
The museum is open on Tuesday, Thursday and Saturday.
Is tomorrow Sunday, or is tomorrow only Saturday?
`.trim().split('\n'));
