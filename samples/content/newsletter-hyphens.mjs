/** Break points for the justified columns of the newsletter. Words that answers depend on are left out. */
export const newsletterHyphens = `
  after-noon al-lowed an-nounced ar-gu-ment ar-gu-ments au-ber-gines au-tumn bar-row bar-rows be-fore
  be-gin-ner be-gin-ners brew-ery cab-bage cal-cu-lated card-board cer-tif-i-cate chil-dren chut-ney
  com-mit-tee com-mit-tees com-post com-post-able con-di-tions con-science con-tract con-tri-bu-tions cur-rants
  de-liv-ery de-pos-it dis-cussed dis-cus-sion draw-ings ear-phones elec-tri-cian en-tries ev-ery-body ev-ery-one
  ex-cep-tion ex-cuse ex-pla-na-tion free-zer gar-den gher-kins glass-house god-par-ent grand-mother green-houses
  help-ers hedge-hog ill-ness in-sur-ance lan-guage mar-row mar-rows mem-ber mem-bers met-al-de-hyde mid-dle
  mid-sum-mer min-utes mois-ture mush-rooms neigh-bour neigh-bour-ing news-let-ter note-book note-books noth-ing
  num-ber of-fer oc-to-ber nov-em-ber dec-em-ber sep-tem-ber pal-lets pars-nips pa-tience pe-ren-ni-als per-mit
  pho-to-graphs pic-ture pi-geons pol-li-nate post-mas-ter po-ta-toes po-tato pro-posal pro-vided rad-ishes
  rail-way rasp-ber-ries re-ceipt re-claim re-jected re-placed rep-re-sented re-turned re-turn rib-bon rub-bish
  sat-ur-day sat-ur-days sea-son seed-lings sen-ti-men-tal shred-der shred-ders some-thing splen-did stand-pipe
  sta-tion stop-cock strain-er strim-mers sub-sti-tute suc-ces-sor sum-mers sun-days sup-per tem-per-a-ture ten-ant ten-ants
  ther-mom-e-ter to-ma-toes to-mato trea-sur-er turn-ings un-opened ver-min vis-i-tors water-ing wa-tered
  be-tween car-ried ei-ther fam-ily flow-ered them-selves when-ever pol-li-nates per-haps prom-ised com-mit-tees ques-tion
  weath-er wee-vils weed-ing welling-ton wheel-bar-row with-out yel-low
`;
